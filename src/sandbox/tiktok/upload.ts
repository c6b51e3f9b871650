import type { ApiAnswer } from '../api/types.ts';
import { readUpload, type UploadFault, type UploadRules } from '../api/uploads.ts';
import { TiktokCode, tiktokError, tiktokOk } from './answers.ts';
import type { TiktokContext } from './context.ts';

/** Page of `images/upload`. */
const rules: UploadRules = {
  field: 'data',
  types: ['image/jpeg', 'image/gif', 'image/webp', 'image/png'],
  maxBytes: 10 * 1024 * 1024,
};

/** The codes are published; that a wrong type is "upload failed" is our guess. */
const codes: Readonly<Record<UploadFault, number>> = {
  'not-multipart': TiktokCode.notMultipart,
  missing: TiktokCode.badBody,
  type: TiktokCode.uploadFailed,
  size: TiktokCode.fileTooLarge,
};

/** `POST images/upload`. */
export function upload({ parts, shop, request }: TiktokContext): ApiAnswer {
  const picture = readUpload(request, parts.world, rules);
  if (typeof picture === 'string') return tiktokError(codes[picture], `The upload was refused: ${picture}`);
  const { file, width, height } = picture;
  const effect = { kind: 'upload', shop: shop.key, upload: picture } as const;
  return tiktokOk({ url: parts.fileUrl(file), width, height }, request.now, [effect]);
}
