import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import { readRaster } from '../../base/raster.ts';
import type { ChannelFacts } from '../../channels/channel.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { OwnPicture } from './steps.ts';

type Card = HandlerInput<'outbox.sendCard'>['card'];

/** `maxLength` in UTF-16 units, as the channel's facts count. Throws `invalid`. */
export function checkText(text: string, maxLength: number): void {
  if (text.trim() === '') throw invalid('An empty message', 'empty', 'text');
  if (text.length > maxLength) throw invalid(`Longer than ${maxLength}`, 'too-long', 'text');
}

/** Throws `invalid` for a card the platform does not take, or not without a code. */
export function checkCard({ kind, code }: Card, { sends }: ChannelFacts): void {
  if (!sends.cards.includes(kind)) throw invalid(`No ${kind} cards there`, 'not-sendable', 'card.kind');
  if (kind === 'voucher' && sends.voucherCode && code === null) {
    throw invalid('A voucher is sent with its code', 'no-code', 'card.code');
  }
}

/** The picture of that hash in the media folder. Throws `invalid` for none, and for one the platform does not take. */
export async function readPicture(
  folder: string,
  hash: string,
  { sends }: ChannelFacts,
): Promise<OwnPicture> {
  const { image } = sends;
  if (image === null) throw invalid('No pictures there', 'not-sendable', 'hash');
  const bytes = await readFile(join(folder, hash)).catch(() => null);
  if (bytes === null) throw invalid('No such picture', 'no-picture', 'hash');
  const raster = readRaster(bytes);
  if (raster === null || raster.width === null || raster.height === null) {
    throw invalid('Not a whole picture of a known type', 'wrong-type', 'hash');
  }
  if (!image.types.includes(raster.type)) throw invalid(`No ${raster.type} there`, 'wrong-type', 'hash');
  if (bytes.byteLength > image.maxBytes) throw invalid(`Over ${image.maxBytes} bytes`, 'too-large', 'hash');
  const { type, width, height } = raster;
  return { hash, type, width, height, bytes: bytes.byteLength };
}

function invalid(message: string, reason: string, field: string): CodedError {
  return new CodedError('invalid', message, { reason, field });
}
