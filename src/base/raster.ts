/** The only kinds of picture that are stored and served: SVG and the rest can carry scripts. */
export type RasterType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** A picture of more pixels would take the page's memory, however few its bytes. */
export const MAX_PICTURE_PIXELS = 40_000_000;

/** What the first bytes of a picture say. Sizes are pixels, null where the header doesn't give them. */
export interface Raster {
  readonly type: RasterType;
  readonly width: number | null;
  readonly height: number | null;
}

/** Reads type and size from a picture's own bytes; null when it is none of the four kinds. Never throws. */
export function readRaster(bytes: Uint8Array): Raster | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return sized('image/png', view, 24, () => [view.getUint32(16), view.getUint32(20)]);
  }
  if (ascii(bytes, 0, 'GIF87a') || ascii(bytes, 0, 'GIF89a')) {
    return sized('image/gif', view, 10, () => [view.getUint16(6, true), view.getUint16(8, true)]);
  }
  if (starts(bytes, 0, [0xff, 0xd8, 0xff])) return readJpeg(bytes, view);
  if (ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WEBP')) return readWebp(bytes, view);
  return null;
}

function sized(type: RasterType, view: DataView, needed: number, read: () => [number, number]): Raster {
  if (view.byteLength < needed) return { type, width: null, height: null };
  const [width, height] = read();
  return width > 0 && height > 0 ? { type, width, height } : { type, width: null, height: null };
}

/** Walks the segments to the first frame header (SOF0 to SOF15, but DHT, JPG and DAC). ITU T.81, B.1.1. */
function readJpeg(bytes: Uint8Array, view: DataView): Raster {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return sized('image/jpeg', view, at + 9, () => [view.getUint16(at + 7), view.getUint16(at + 5)]);
    }
    // TEM and restarts have no length.
    const isBare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += isBare ? 2 : 2 + view.getUint16(at + 2);
  }
  return { type: 'image/jpeg', width: null, height: null };
}

/** The three bitstreams of RFC 9649: lossy, lossless, extended. */
function readWebp(bytes: Uint8Array, view: DataView): Raster {
  const type = 'image/webp';
  if (ascii(bytes, 12, 'VP8 ')) {
    return sized(type, view, 30, () => [
      view.getUint16(26, true) & 0x3fff,
      view.getUint16(28, true) & 0x3fff,
    ]);
  }
  if (ascii(bytes, 12, 'VP8L')) {
    return sized(type, view, 25, () => {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    });
  }
  if (ascii(bytes, 12, 'VP8X')) {
    return sized(type, view, 30, () => [uint24(bytes, 24) + 1, uint24(bytes, 27) + 1]);
  }
  return { type, width: null, height: null };
}

function uint24(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

function starts(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, index) => bytes[at + index] === byte);
}

function ascii(bytes: Uint8Array, at: number, text: string): boolean {
  return starts(
    bytes,
    at,
    Array.from(text, (letter) => letter.charCodeAt(0)),
  );
}
