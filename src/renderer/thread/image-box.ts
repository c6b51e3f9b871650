import type { MediaView } from '../../contract/models.ts';

/** Whole pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

const widest = 280;
const tallest = 320;
const smallest = 48;
const square: Box = { width: 200, height: 200 };

/**
 * The room a picture takes in the thread, known before its bytes are: from its size, fitted and never enlarged,
 * or a square while the size is unknown.
 */
export function imageBox(media: MediaView | null): Box {
  const width = media?.width ?? 0;
  const height = media?.height ?? 0;
  if (width <= 0 || height <= 0) return square;
  const scale = Math.min(1, widest / width, tallest / height);
  return {
    width: Math.max(smallest, Math.round(width * scale)),
    height: Math.max(smallest, Math.round(height * scale)),
  };
}
