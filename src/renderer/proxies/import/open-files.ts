import { heldFile, heldPaste, LONGEST_TYPED } from './read-list.ts';
import { holdList, refuseFile, useImport } from './import-store.ts';

/** Takes the first of the files that were dropped or opened: lists come one at a time. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined || useImport.getState().phase === 'saving') return;
  const held = await heldFile(file);
  if (held.ok) holdList(held.value);
  else refuseFile(held.error);
}

/** Takes a paste as a whole if it is too long for a field; false: it goes where the person pastes it. */
export function tookPaste(text: string): boolean {
  if (text.length <= LONGEST_TYPED) return false;
  const held = heldPaste(text);
  if (held.ok) holdList(held.value);
  else refuseFile(held.error);
  return true;
}
