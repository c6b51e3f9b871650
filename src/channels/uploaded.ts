import type { ImageBytes, UploadedImage } from './channel.ts';
import { cleanUrl } from './clean.ts';
import { uncertain } from './failures.ts';
import type { Json } from './json.ts';
import { asText } from './readers.ts';

/**
 * What an upload's answer names: the address, written as messages are read, so that it can be compared with one that
 * is read back. An answer without one is unclear, and uploading may be repeated.
 */
export function uploaded(
  url: Json | undefined,
  { width, height }: Pick<ImageBytes, 'width' | 'height'>,
): UploadedImage {
  const address = cleanUrl(asText(url));
  if (address === null) throw uncertain('read', 'The answer to an upload has no address');
  return { url: address, width, height };
}
