import { createHash } from 'node:crypto';
import { drawPng } from '../sandbox/media/png.ts';

/** Pictures in a row of equal height. */
const ROW = 100;
/** Pixels; the smallest picture is so wide and so high. */
const LEAST = 16;

/** The picture of the send with this number: small, and of a size no other one has. */
export function pictureOf(seq: number): Uint8Array<ArrayBuffer> {
  const [width, height] = [LEAST + (seq % ROW), LEAST + Math.floor(seq / ROW)];
  return new Uint8Array(drawPng((seq * 40_503) % 0x1_00_00_00, width, height));
}

/** Its SHA-256, by which Counterdesk and the platforms know it. */
export function hashOf(picture: Uint8Array): string {
  return createHash('sha256').update(picture).digest('hex');
}
