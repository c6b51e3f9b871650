import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Space } from '../contract/system.ts';
import { MAX_PICTURE_PIXELS, readRaster } from '../base/raster.ts';
import { COMMON_HEADERS, textAnswer, type Answer } from './answer.ts';

/** The largest picture that is taken. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** The name of an upload that is being written. */
const DRAFT = /^[0-9a-f]{64}\.[0-9a-f]{12}$/;

/** What was stored: its name is the SHA-256 of its bytes, sizes are pixels. */
export interface Stored {
  readonly hash: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** The part of `/media/<space>/<sha256>` that is asked for; null when it is anything else. */
const ASKED = /^(real|practice)\/([0-9a-f]{64})$/;

/**
 * Answers `/media/<space>/<sha256>`. The page names the space that named the picture: one asked for just before
 * another is opened still comes, and a hash of one never meets the folder of the other.
 */
export async function answerMediaOf(folderOf: (space: Space) => string, asked: string): Promise<Answer> {
  const [, space, hash = ''] = ASKED.exec(asked) ?? [];
  return answerMedia(space === undefined ? null : folderOf(space as Space), hash);
}

/** Answers a picture by its hash from a data folder: pictures only, by their own bytes; 404 for everything else. */
export async function answerMedia(dataDir: string | null, hash: string): Promise<Answer> {
  const body =
    dataDir !== null && /^[0-9a-f]{64}$/.test(hash)
      ? await readRegularFile(join(dataDir, 'media', hash))
      : null;
  const raster = body === null ? null : readRaster(body);
  if (body === null || raster === null) return textAnswer(404, 'Not found');
  const headers = {
    ...COMMON_HEADERS,
    'content-type': raster.type,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': `default-src 'none'; sandbox`,
  };
  return { status: 200, headers, body };
}

/** Stores a picture in a data folder; null when it isn't one of the kinds that may be stored, or has too many pixels. */
export async function storeMedia(dataDir: string, bytes: Uint8Array): Promise<Stored | null> {
  const raster = readRaster(bytes);
  // One whose header gives no size may be of any.
  if (raster?.width == null || raster.height === null) return null;
  if (raster.width * raster.height > MAX_PICTURE_PIXELS) return null;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const folder = join(dataDir, 'media');
  const path = join(folder, hash);
  const stored = { hash, width: raster.width, height: raster.height };
  if (await exists(path)) return stored;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await cleanOnce(folder);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, bytes, { mode: 0o600, flag: 'wx', flush: true });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return stored;
}

const cleaned = new Map<string, Promise<void>>();

/** Removes what a killed host left half written; only this host writes drafts of uploads here, so none is in use. */
function cleanOnce(folder: string): Promise<void> {
  const known = cleaned.get(folder);
  if (known !== undefined) return known;
  const cleaning = clean(folder);
  cleaned.set(folder, cleaning);
  return cleaning;
}

async function clean(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => DRAFT.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/** Null when there is no such file, or it is a link or a folder. */
async function readRegularFile(path: string): Promise<Uint8Array | null> {
  try {
    // Windows has no O_NOFOLLOW, and no links without rights that could do worse.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return (await handle.stat()).isFile() ? await handle.readFile() : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
