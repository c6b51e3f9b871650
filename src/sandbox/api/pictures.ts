import type { ServerResponse } from 'node:http';
import { sendServerError, setDate } from '../http/deliver.ts';
import { fileAnswer, PICTURE_PATH, pictureAnswer, type PictureAnswer } from '../media/serve.ts';
import type { UploadFiles } from '../media/uploads.ts';
import type { Commits } from '../journal/commits.ts';
import type { ExchangeParts } from './exchange.ts';

/** What answering for a picture needs. */
export interface PictureParts extends Pick<ExchangeParts, 'api' | 'faults' | 'clock' | 'world'> {
  readonly commits: Commits;
  readonly files: UploadFiles;
}

function uploadAnswer({ api, files, world }: PictureParts, path: string): PictureAnswer | null {
  const found = world.uploads.get(path.slice(PICTURE_PATH.length));
  if (found?.shop.startsWith(`${api.platform}:`) !== true) return null;
  const bytes = files.read(found.upload.sha256);
  return bytes === null ? null : fileAnswer(found.upload.type, bytes);
}

/** Answers a picture's address, or misbehaves as ordered, and writes it in the journal first. */
export function answerPicture(parts: PictureParts, path: string, response: ServerResponse): void {
  const { api, clock, commits, faults, world } = parts;
  const fault = faults.takePicture(api.platform, path);
  const picture = uploadAnswer(parts, path) ?? pictureAnswer(path, clock);
  const record = (outcome: string, status: number | null): void =>
    commits.commit({
      kind: 'request',
      at: clock.now(),
      platform: api.platform,
      shopId: null,
      conversationId: null,
      method: 'GET',
      path,
      call: 'image',
      query: {},
      body: null,
      outcome,
      status,
      messageId: null,
      fault: fault?.kind ?? null,
      effects: [],
    });
  setDate(response, world.timeOf(api.platform, clock.now()));
  if (fault?.kind === 'cut-before') {
    record('cut', null);
    response.destroy();
    return;
  }
  if (fault?.kind === 'http-500') {
    record('http-500', 500);
    sendServerError(response);
    return;
  }
  record(picture.status === 200 ? 'ok' : String(picture.status), picture.status);
  if (fault !== null && fault.ms > 0) clock.after(fault.ms, () => picture.send(response));
  else picture.send(response);
}
