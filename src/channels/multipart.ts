import { createHash } from 'node:crypto';
import { CodedError } from '../base/errors.ts';
import type { ChannelFacts, ImageBytes } from './channel.ts';

/** A body with its `content-type`, which names the boundary. */
export interface MultipartBody {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Whole exchange of an upload: ten megabytes over a slow line. */
export const uploadTimeoutMs = 60_000;

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/**
 * One picture as `multipart/form-data` (RFC 7578) under `field`. The file name is our own: platforms go by its ending,
 * and the person's own names are nobody's business. The boundary comes from the bytes, so that it is not among them.
 * Throws `invalid`, reason `wrong-type` or `too-large`, for what the platform does not take.
 */
export function pictureForm(
  field: string,
  { bytes, type }: ImageBytes,
  limits: ChannelFacts['sends']['image'],
): MultipartBody {
  checkPicture(type, bytes.byteLength, limits);
  const boundary = `counterdesk-${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;
  const head =
    `--${boundary}\r\n` +
    `content-disposition: form-data; name="${field}"; filename="picture.${endings[type] ?? 'bin'}"\r\n` +
    `content-type: ${type}\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([
      Buffer.from(head, 'latin1'),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1'),
    ]),
  };
}

function checkPicture(type: string, size: number, limits: ChannelFacts['sends']['image']): void {
  const reason =
    limits?.types.includes(type) !== true ? 'wrong-type' : size > limits.maxBytes ? 'too-large' : null;
  if (reason !== null) throw new CodedError('invalid', 'The platform takes no such picture', { reason });
}
