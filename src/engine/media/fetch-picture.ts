import { CodedError } from '../../base/errors.ts';
import { MAX_PICTURE_PIXELS, readRaster, type RasterType } from '../../base/raster.ts';
import type { StoreAccess } from '../parts.ts';
import type { StoreFile } from './store-file.ts';

const LIMITS = { maxBytes: 10 * 1024 * 1024, timeoutMs: 8_000 } as const;

/** A picture in the media folder. */
export interface Picture {
  readonly hash: string;
  readonly type: RasterType;
  readonly bytes: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
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
  const { status, bytes } = await stores.call(storeId, 'picture', (_channel, { http }) =>
    http.download(url, LIMITS),
  );
  if (status !== 200) {
    const mayPass = status === 429 || status >= 500;
    throw new CodedError(mayPass ? 'unreachable' : 'rejected', `The picture's address answered ${status}`);
  }
  const { type, width, height } = readRaster(bytes) ?? { type: null, width: null, height: null };
  if (type === null || width === null || height === null) {
    throw new CodedError('invalid', 'Not a whole picture of a known type');
  }
  if (width * height > MAX_PICTURE_PIXELS) throw new CodedError('rejected', 'Too many pixels');
  return { type, width, height, hash: await storeFile(bytes), bytes: bytes.byteLength };
}
