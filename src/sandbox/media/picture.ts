import type { Picture } from '../world/model.ts';
import type { Prng } from '../world/prng.ts';

/** How a picture's address behaves: fine, slow, gone (404), or HTML that calls itself PNG. */
export type PictureManner = 'fine' | 'slow' | 'gone' | 'page';

const letters: Readonly<Record<PictureManner, string>> = { fine: 'f', slow: 's', gone: 'g', page: 'p' };

/** Width and height as phones and shops make them, the last ones very tall and very wide. */
const sizes: readonly (readonly [number, number])[] = [
  [640, 480],
  [480, 640],
  [720, 720],
  [800, 450],
  [450, 800],
  [360, 360],
  [540, 2160],
  [1200, 240],
];

function makePicture(prng: Prng, width: number, height: number, manner: PictureManner): Picture {
  const pattern = prng.int(0, 0xff_ff_ff).toString(16).padStart(6, '0');
  return { key: `${pattern}-${width}x${height}-${letters[manner]}`, width, height };
}

/** A picture in a message: most are fine; a few are slow, gone or no picture at all. */
export function messagePicture(prng: Prng): Picture {
  const [width, height] = prng.pick(sizes);
  const roll = prng.next();
  const manner = roll < 0.06 ? 'slow' : roll < 0.08 ? 'gone' : roll < 0.09 ? 'page' : 'fine';
  return makePicture(prng, width, height, manner);
}

/** A buyer's avatar or a card's small picture. */
export function squarePicture(prng: Prng): Picture {
  return makePicture(prng, 128, 128, 'fine');
}

/** A fine picture of a size like `640x480`, or null if that is none. */
export function pictureOfSize(size: string): Picture | null {
  const key = `336699-${size}-f`;
  const parts = readPictureKey(key);
  return parts === null || parts.width === 0 || parts.height === 0
    ? null
    : { key, width: parts.width, height: parts.height };
}

/** What a key says, or null if it isn't one. */
export function readPictureKey(
  key: string,
): { pattern: number; width: number; height: number; manner: PictureManner } | null {
  const parts = /^([0-9a-f]{6})-(\d{1,4})x(\d{1,4})-([fsgp])$/.exec(key);
  if (parts === null) return null;
  const [, pattern = '', width = '', height = '', letter = ''] = parts;
  const manner = (Object.keys(letters) as PictureManner[]).find((name) => letters[name] === letter) ?? 'fine';
  return { pattern: Number.parseInt(pattern, 16), width: Number(width), height: Number(height), manner };
}
