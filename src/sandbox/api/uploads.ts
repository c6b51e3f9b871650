import { readRaster, type RasterType } from '../../base/raster.ts';
import { isMultipart, sha256Of } from '../http/form.ts';
import type { Upload } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { ApiRequest } from './types.ts';

/** What a platform's upload call takes. */
export interface UploadRules {
  /** The part's name. */
  readonly field: string;
  readonly types: readonly RasterType[];
  readonly maxBytes: number;
}

/** Why a picture is not taken. */
export type UploadFault = 'not-multipart' | 'missing' | 'type' | 'size';

const endings: Readonly<Record<RasterType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** Reads the picture of an upload, by its own bytes; nothing is kept yet. Each upload gets a name of its own. */
export function readUpload(request: ApiRequest, world: World, rules: UploadRules): Upload | UploadFault {
  if (!isMultipart(request.headers['content-type'] ?? '')) return 'not-multipart';
  const part = request.parts.find(({ name, filename }) => name === rules.field && filename !== null);
  if (part === undefined || part.bytes.length === 0) return 'missing';
  if (part.bytes.length > rules.maxBytes) return 'size';
  const raster = readRaster(part.bytes);
  if (raster === null || raster.width === null || raster.height === null) return 'type';
  if (!rules.types.includes(raster.type)) return 'type';
  const sha256 = sha256Of(part.bytes);
  const file = `u${world.uploads.size + 1}-${sha256}.${endings[raster.type]}`;
  return { file, sha256, type: raster.type, width: raster.width, height: raster.height };
}

/** The uploaded picture of this shop that an address names. */
export function uploadAt(
  world: World,
  shopKey: string,
  url: unknown,
  fileUrl: (file: string) => string,
): Upload | undefined {
  const file = typeof url === 'string' ? (url.split('/').at(-1) ?? '') : '';
  const found = world.uploads.get(file);
  return found?.shop === shopKey && fileUrl(file) === url ? found.upload : undefined;
}
