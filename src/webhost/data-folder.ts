import { access, constants } from 'node:fs/promises';
import { makeFolder } from '../hosting/make-folder.ts';

/** What a person can do something about, by the system's code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
  EEXIST: 'a file is in its place',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a file is in its way',
};

/** Makes the data folder if there is none. Throws with a sentence for the person who starts, if it can't be used. */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    makeFolder(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? message;
    throw new Error(
      `Counterdesk can't keep its data in ${folder}: ${reason}. Name another folder with --data DIR.`,
      { cause: error },
    );
  }
}
