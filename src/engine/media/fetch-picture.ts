import { CodedError } from '../../base/errors.ts';
import type { StoreAccess } from '../parts.ts';
import { readImageHeader, type ImageHeader } from './image-header.ts';
import type { StoreFile } from './store-file.ts';

const LIMITS = { maxBytes: 10 * 1024 * 1024, timeoutMs: 8_000 } as const;
/** A picture of more pixels would take the page's memory, however few its bytes. */
const MAX_PIXELS = 40_000_000;

/** A picture in the media folder. */
export interface Picture extends ImageHeader {
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Fetches a picture through its store's exit into the media folder. Throws `unreachable` for what may pass, `rejected` or
 * `invalid` for what will not: another type, too large, an address that is none or is gone.
 */
export async function fetchPicture(
  stores: StoreAccess,
  storeFile: StoreFile,
  { store_id: storeId, url }: { readonly store_id: number; readonly url: string },
): Promise<Picture> {
  if (!/^https?:\/\//i.test(url)) throw new CodedError('invalid', 'Not an http address');
  const { status, bytes } = await stores.call(storeId, (_channel, { http }) => http.download(url, LIMITS));
  if (status !== 200) {
    const mayPass = status === 429 || status >= 500;
    throw new CodedError(mayPass ? 'unreachable' : 'rejected', `The picture's address answered ${status}`);
  }
  const header = readImageHeader(bytes);
  if (header === null) throw new CodedError('invalid', 'Not a picture of a known type');
  if (header.width * header.height > MAX_PIXELS) throw new CodedError('rejected', 'Too many pixels');
  return { ...header, hash: await storeFile(bytes), bytes: bytes.byteLength };
}
