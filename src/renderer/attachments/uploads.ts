import { uuidv7 } from '../../base/ids.ts';
import { uploadPicture } from '../app/hosts.ts';
import { clock } from '../client.ts';
import { checkPicture, type PictureLimits, type PictureProblem } from './check-picture.ts';
import { addPicked, pickedOf, updatePicked } from './picked.ts';

/** So many pictures wait in one conversation at most: more is a mistake of the hand. */
export const mostPictures = 20;
/** Enough of a file to find its type and size in. */
const headBytes = 256 * 1024;

/** A file that was not taken. */
export interface RefusedFile {
  /** Counts up: files may bear one name. */
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly problem: PictureProblem | { readonly kind: 'too-many' };
}

/** Of pictures the host has not taken yet. */
const files = new Map<string, Blob>();
const underWay = new Map<string, Promise<void>>();

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

function start(conversationId: number, clientId: string): void {
  const file = files.get(clientId);
  if (file === undefined || underWay.has(clientId)) return;
  updatePicked(conversationId, clientId, { state: 'uploading' });
  const upload = async (): Promise<void> => {
    const outcome = await uploadPicture(file);
    underWay.delete(clientId);
    if (!outcome.ok) return updatePicked(conversationId, clientId, { state: 'failed' });
    files.delete(clientId);
    updatePicked(conversationId, clientId, { state: 'ready', hash: outcome.hash });
  };
  underWay.set(clientId, upload());
}

let lastRefused = 0;

function refuse(file: File, problem: RefusedFile['problem']): RefusedFile {
  lastRefused += 1;
  return { id: lastRefused, name: file.name, bytes: file.size, problem };
}

async function pick(conversationId: number, file: File, limits: PictureLimits): Promise<RefusedFile | null> {
  if (pickedOf(conversationId).length >= mostPictures) return refuse(file, { kind: 'too-many' });
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const checked = checkPicture(head, file, limits);
  if ('kind' in checked) return refuse(file, checked);
  const pickedAt = clock.now();
  const clientId = uuidv7(pickedAt, randomBytes);
  files.set(clientId, file);
  addPicked(conversationId, { clientId, name: file.name, hash: null, pickedAt, state: 'uploading' });
  start(conversationId, clientId);
  return null;
}

/** Takes files for a conversation, in their order; answers those that can't be sent. */
export async function pickFiles(
  conversationId: number,
  chosen: readonly File[],
  limits: PictureLimits,
): Promise<RefusedFile[]> {
  const refused: RefusedFile[] = [];
  for (const file of chosen) {
    // The system gives a file's bytes no more once it was moved or changed.
    const problem = await pick(conversationId, file, limits).catch(() => refuse(file, { kind: 'broken' }));
    if (problem !== null) refused.push(problem);
  }
  return refused;
}

/** Waits for pictures on their way to the host and tries failed ones once more; false while one is not there. */
export async function finishUploads(conversationId: number): Promise<boolean> {
  for (const { clientId, state } of pickedOf(conversationId)) {
    if (state === 'failed') start(conversationId, clientId);
    await underWay.get(clientId);
  }
  return pickedOf(conversationId).every(({ state }) => state === 'ready');
}

/** The bytes of a picture that was taken out are wanted no more. */
export function forgetFile(clientId: string): void {
  files.delete(clientId);
}
