import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function palette(pattern: number): Buffer {
  const [red, green, blue] = [(pattern >> 16) & 255, (pattern >> 8) & 255, pattern & 255];
  const colours: number[] = [];
  for (let step = 0; step < 8; step += 1) {
    const share = step / 7;
    for (const part of [red, green, blue]) colours.push(Math.round(235 - (235 - part * 0.8) * share));
  }
  return Buffer.from(colours);
}

/** Which of the eight colours a point has: stripes, checks, rings or a fade, chosen by the pattern. */
function colourAt(pattern: number, x: number, y: number, width: number, height: number): number {
  // In proportion, so that a small picture shows all eight colours too and not the palest two.
  const size = Math.max(6, Math.round(Math.min(width, height) / (8 + (pattern % 5))));
  switch (pattern % 4) {
    case 0:
      return Math.floor((x + y) / size) % 8;
    case 1:
      return (Math.floor(x / size) + Math.floor(y / size)) % 2 === 0 ? 1 : 6;
    case 2:
      return Math.floor(Math.hypot(x - width / 2, y - height / 2) / size) % 8;
    default:
      return Math.min(7, Math.floor((y / height) * 8));
  }
}

/** A valid PNG (8-bit palette) of this size; the pattern number decides colours and figure. */
export function drawPng(pattern: number, width: number, height: number): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = colourAt(pattern, x, y, width, height);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette(pattern)),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
