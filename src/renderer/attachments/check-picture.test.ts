import { describe, expect, it } from 'vitest';
import { gifBytes, pngBytes } from '../../testing/pictures.ts';
import { checkPicture, formatName } from './check-picture.ts';

const check = (bytes: Uint8Array, type: string) =>
  checkPicture(bytes, { size: bytes.byteLength, type }, limits);

const limits = { types: ['image/png', 'image/jpeg'], maxBytes: 2000 };

describe('checkPicture', () => {
  it('goes by the bytes, not by what the file is called', () => {
    expect(check(pngBytes(30, 20), 'text/plain')).toEqual({
      type: 'image/png',
      width: 30,
      height: 20,
    });
    expect(check(gifBytes(3, 2), 'image/png')).toEqual({
      kind: 'wrong-type',
      type: 'image/gif',
    });
    const text = new TextEncoder().encode('<svg onload="alert(1)"/>');
    expect(check(text, 'image/svg+xml')).toEqual({
      kind: 'wrong-type',
      type: 'image/svg+xml',
    });
    expect(check(text, '')).toEqual({ kind: 'wrong-type', type: null });
    expect(check(text, 'image/png')).toEqual({ kind: 'broken' });
  });

  it('names what is wrong with a picture of the right type', () => {
    const large = new Uint8Array(2001);
    large.set(pngBytes(30, 20));
    expect(check(large, '')).toEqual({ kind: 'too-large' });
    const head = { size: 2001, type: '' };
    expect(checkPicture(pngBytes(30, 20), head, limits)).toEqual({ kind: 'too-large' });
    expect(check(pngBytes(30_000, 20_000), '')).toEqual({ kind: 'too-many-pixels' });
    expect(check(pngBytes(30, 20).subarray(0, 12), '')).toEqual({ kind: 'broken' });
    expect(check(new Uint8Array(), '')).toEqual({ kind: 'empty' });
  });

  it('has names for what people know', () => {
    expect([formatName('image/webp'), formatName('application/zip')]).toEqual(['WebP', 'application/zip']);
  });
});
