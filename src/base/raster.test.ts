import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readRaster } from './raster.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const png = bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 44], [0, 0, 0, 200]);
const gif = bytes('GIF89a', [44, 1, 200, 0]);
const jpeg = bytes(
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 2],
  [0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44],
);
const webp = (kind: string, body: number[]): Uint8Array =>
  bytes('RIFF', [0, 0, 0, 0], 'WEBP', kind, [0, 0, 0, 0], body);

describe('reading a picture', () => {
  it.each([
    ['image/png', png],
    ['image/gif', gif],
    ['image/jpeg', jpeg],
    ['image/webp', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 44, 1, 200, 0])],
    ['image/webp', webp('VP8L', [0x2f, 0x2b, 0xc1, 0x31, 0])],
    ['image/webp', webp('VP8X', [0, 0, 0, 0, 43, 1, 0, 199, 0, 0])],
  ])('%s of 300 by 200', (type, picture) => {
    expect(readRaster(picture)).toEqual({ type, width: 300, height: 200 });
  });

  it('steps over a marker without a length', () => {
    const restart = bytes([0xff, 0xd8, 0xff, 0xd0, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44]);
    expect(readRaster(restart)).toEqual({ type: 'image/jpeg', width: 300, height: 200 });
  });

  it('knows the type where the size is cut off', () => {
    expect(readRaster(png.subarray(0, 12))).toEqual({ type: 'image/png', width: null, height: null });
    expect(readRaster(jpeg.subarray(0, 8))).toEqual({ type: 'image/jpeg', width: null, height: null });
  });

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<!doctype html>',
    '%PDF-1.7',
    'BM',
    'RIFF1234WAVE',
  ])('takes %j for none', (text) => {
    expect(readRaster(bytes(text))).toBeNull();
  });

  it('never throws', () => {
    const starts = fc.constantFrom(png, gif, jpeg, webp('VP8 ', []), webp('VP8L', []), webp('VP8X', []));
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 40 }), fc.nat(40), (start, rest, cut) => {
        readRaster(Buffer.concat([start.subarray(0, cut), rest]));
      }),
    );
  });
});
