import type { ApiAnswer } from '../api/types.ts';
import { readUpload, type UploadFault, type UploadRules } from '../api/uploads.ts';
import { shopeeError, shopeeOk } from './answers.ts';
import type { ShopeeContext } from './context.ts';

/** Types as in two SDKs; the size as in the newer notes (an older SDK says 2 MB). Errors are not published. */
const rules: UploadRules = {
  field: 'file',
  types: ['image/jpeg', 'image/png', 'image/gif'],
  maxBytes: 10 * 1024 * 1024,
};

const words: Readonly<Record<UploadFault, string>> = {
  'not-multipart': 'The body is not multipart/form-data.',
  missing: 'file is required.',
  type: 'The image format is not supported.',
  size: 'The image is too large.',
};

/** `upload_image`. */
export function uploadImage({ parts, shop, request }: ShopeeContext): ApiAnswer {
  const upload = readUpload(request, parts.world, rules);
  if (typeof upload === 'string') return shopeeError('error_param', words[upload]);
  const url = parts.fileUrl(upload.file);
  const { width: thumb_width, height: thumb_height } = upload;
  const effect = { kind: 'upload', shop: shop.key, upload } as const;
  return shopeeOk({ url, thumbnail: url, thumb_width, thumb_height }, request.now, [effect]);
}
