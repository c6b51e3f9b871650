import { MAX_PICTURE_PIXELS, readRaster, type RasterType } from '../../base/raster.ts';

/** What a platform takes, as `StoreView.sends.image` says. */
export interface PictureLimits {
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** A picture that may be sent, as its own bytes describe it; sizes are pixels. */
export interface CheckedPicture {
  readonly type: RasterType;
  readonly width: number;
  readonly height: number;
}

/** Why a file can't be sent. `type`: what the file is, for `wrong-type`; null: nothing known. */
export type PictureProblem =
  | { readonly kind: 'wrong-type'; readonly type: string | null }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-many-pixels' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'empty' };

const formats: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/svg+xml': 'SVG',
  'image/heic': 'HEIC',
  'image/avif': 'AVIF',
  'image/bmp': 'BMP',
  'image/tiff': 'TIFF',
  'application/pdf': 'PDF',
};

/** A type as people know it, e.g. `JPEG`; an unknown one as it is. */
export function formatName(type: string): string {
  return formats[type] ?? type;
}

/**
 * Looks at a file by its own bytes, of which the beginning is enough. `size`: all of it, in bytes. `named`: what the
 * system calls its type; said of a file that is no picture.
 */
export function checkPicture(
  head: Uint8Array,
  { size, type: named }: { readonly size: number; readonly type: string },
  limits: PictureLimits,
): CheckedPicture | PictureProblem {
  if (size === 0) return { kind: 'empty' };
  const raster = readRaster(head);
  // Named after a kind that is taken and none of it by its bytes: naming the kind would explain nothing.
  if (raster === null && limits.types.includes(named)) return { kind: 'broken' };
  if (raster === null) return { kind: 'wrong-type', type: named === '' ? null : named };
  const { type, width, height } = raster;
  if (!limits.types.includes(type)) return { kind: 'wrong-type', type };
  if (size > limits.maxBytes) return { kind: 'too-large' };
  if (width === null || height === null) return { kind: 'broken' };
  return width * height > MAX_PICTURE_PIXELS ? { kind: 'too-many-pixels' } : { type, width, height };
}
