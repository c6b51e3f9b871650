import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/time.ts';
import { sendBody } from '../http/deliver.ts';
import { drawPng } from './png.ts';
import { readPictureKey } from './picture.ts';

/** Where pictures live on a platform's port. */
export const PICTURE_PATH = '/file/';
/** Stands before the name of a picture to have it small. */
export const THUMB = 'thumb/';
/** The longer side of a small one, pixels. */
const THUMB_SIDE = 160;
/** How long a slow picture takes, milliseconds. */
const SLOW_MS = 4000;

/** What a picture's address answers: the status, and the sending of it. */
export interface PictureAnswer {
  readonly status: number;
  send(response: ServerResponse): void;
}

/** The answer that a file is. */
export function fileAnswer(type: string, bytes: Buffer): PictureAnswer {
  const headers = { 'cache-control': 'public, max-age=86400' };
  return { status: 200, send: (response) => sendBody(response, 200, type, bytes, headers) };
}

/** Finds the answer to a picture's address; nothing is sent yet. */
export function pictureAnswer(path: string, clock: Clock): PictureAnswer {
  const [, thumb, key = ''] = /^\/file\/(thumb\/)?(.+)\.png$/.exec(path) ?? [];
  const picture = readPictureKey(key);
  if (picture === null || picture.manner === 'gone') {
    return { status: 404, send: (response) => sendBody(response, 404, 'text/plain', 'Not found') };
  }
  if (picture.manner === 'page') {
    const page = '<!doctype html><title>Sign in</title><script>alert(1)</script>';
    return { status: 200, send: (response) => sendBody(response, 200, 'image/png', page) };
  }
  const draw = (response: ServerResponse): void => {
    const scale = thumb === undefined ? 1 : Math.min(1, THUMB_SIDE / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) =>
      Math.max(1, Math.round(side * scale)),
    );
    const png = drawPng(picture.pattern, width ?? 1, height ?? 1);
    sendBody(response, 200, 'image/png', png, { 'cache-control': 'public, max-age=86400' });
  };
  if (picture.manner === 'fine') return { status: 200, send: draw };
  return { status: 200, send: (response) => void clock.after(SLOW_MS, () => draw(response)) };
}
