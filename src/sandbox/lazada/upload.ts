import type { ApiAnswer } from '../api/types.ts';
import { readUpload, type UploadFault, type UploadRules } from '../api/uploads.ts';
import { lazadaError, lazadaOk } from './answers.ts';
import type { LazadaContext } from './context.ts';
import { answersTexts } from './views.ts';

/** Page of `/image/upload`: JPG or PNG, 1 MB. */
const rules: UploadRules = {
  field: 'image',
  types: ['image/jpeg', 'image/png'],
  maxBytes: 1024 * 1024,
};

/** The page lists these three codes; which of them says what is our guess. */
const codes: Readonly<Record<UploadFault, string>> = {
  'not-multipart': '30',
  missing: '30',
  type: '300',
  size: '303',
};

/** `/image/upload`: the call for product pictures, whose addresses chat is said to take. */
export function imageUpload({ parts, shop, request, now }: LazadaContext): ApiAnswer {
  const upload = readUpload(request, parts.world, rules);
  if (typeof upload === 'string') return lazadaError(codes[upload], `E${codes[upload]}: ${upload}`);
  const image = { hash_code: upload.sha256.slice(0, 32), url: parts.fileUrl(upload.file) };
  return lazadaOk({ image }, now, answersTexts(shop), [{ kind: 'upload', shop: shop.key, upload }]);
}
