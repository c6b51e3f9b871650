import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gifBytes, pngBytes } from '../../testing/pictures.ts';
import { readImageHeader } from './image-header.ts';

const webp = (chunk: string, body: readonly number[]): Uint8Array =>
  Buffer.concat([
    Buffer.from(`RIFF\0\0\0\0WEBP${chunk}`, 'latin1'),
    Buffer.alloc(4),
    Buffer.from(body),
    Buffer.alloc(8),
  ]);

test('type and size come from the bytes', () => {
  expect(readImageHeader(pngBytes(640, 480))).toEqual({ type: 'image/png', width: 640, height: 480 });
  expect(readImageHeader(gifBytes(33, 44))).toEqual({ type: 'image/gif', width: 33, height: 44 });
  // SOI, APP0 of 16 bytes, a filler byte, SOF2 of 480 by 640.
  const jpeg = Buffer.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...Array<number>(14).fill(1),
    0xff,
    0xff,
    0xc2,
    0,
    17,
    8,
    2,
    128,
    1,
    224,
    3,
  ]);
  expect(readImageHeader(jpeg)).toEqual({ type: 'image/jpeg', width: 480, height: 640 });
  expect(readImageHeader(webp('VP8X', [0, 0, 0, 0, 99, 0, 0, 49, 0, 0]))).toEqual({
    type: 'image/webp',
    width: 100,
    height: 50,
  });
  expect(readImageHeader(webp('VP8L', [0x2f, 99, 0x40, 12, 0]))).toEqual({
    type: 'image/webp',
    width: 100,
    height: 50,
  });
  expect(readImageHeader(webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 100, 0, 50, 0]))).toEqual({
    type: 'image/webp',
    width: 100,
    height: 50,
  });
});

test('texts, drawings and cut headers are no pictures', () => {
  for (const text of [
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a',
    'RIFF....WEBPVP8 ',
    '\xff\xd8\xff',
  ]) {
    expect(readImageHeader(Buffer.from(text, 'latin1'))).toBe(null);
  }
  expect(readImageHeader(pngBytes(0, 5))).toBe(null);
});

test('no bytes make it throw or run for ever', () => {
  const starts = [
    [0xff, 0xd8, 0xff],
    [...Buffer.from('RIFF\0\0\0\0WEBPVP8', 'latin1')],
    [...pngBytes(1, 1).subarray(0, 16)],
    [],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const header = readImageHeader(Uint8Array.from([...start, ...rest]));
      if (header !== null) expect(Math.min(header.width, header.height)).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
