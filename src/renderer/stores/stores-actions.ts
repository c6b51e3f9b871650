import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import { client } from '../client.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';

/** The last thing about stores that failed, until the person closes it. */
export const useStoresTrouble = create<{ readonly error: ErrorShape | null }>(() => ({ error: null }));

async function report<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  const result = await answer;
  useStoresTrouble.setState({ error: result.ok ? null : result.error });
  return result;
}

/** Folds a section away, or shows its stores again; remembered. */
export function toggleSection(key: string): void {
  const { collapsedSections } = useSettings.getState().settings;
  const folded = collapsedSections.includes(key);
  void report(
    changeSettings({
      collapsedSections: folded
        ? collapsedSections.filter((other) => other !== key)
        : [...collapsedSections, key],
    }),
  );
}

/** Shows only stores that need somebody, or all; remembered. */
export function toggleOnlyWork(): void {
  void report(changeSettings({ railOnlyWork: !useSettings.getState().settings.railOnlyWork }));
}

/** Puts a store into a group, or with null back under its platform. */
export async function moveStore(storeId: number, groupId: number | null): Promise<void> {
  await report(client.call('stores.setGroup', { storeId, groupId }));
}

/** Reads the store's newest conversations now. */
export async function readStoreNow(storeId: number): Promise<void> {
  await report(client.call('stores.syncNow', { storeId }));
}

/** Makes a group; a store given goes into it. Answers why it could not, or null. */
export async function createGroup(name: string, storeId: number | null): Promise<ErrorShape | null> {
  const made = await client.call('stores.createGroup', { name });
  if (!made.ok) return made.error;
  if (storeId !== null) await moveStore(storeId, made.value.id);
  return null;
}

/** Gives a group another name. Answers why it could not, or null. */
export async function renameGroup(groupId: number, name: string): Promise<ErrorShape | null> {
  const answer = await client.call('stores.renameGroup', { groupId, name });
  return answer.ok ? null : answer.error;
}

/** Deletes a group; its stores stay. Answers why it could not, or null. */
export async function deleteGroup(groupId: number): Promise<ErrorShape | null> {
  const answer = await client.call('stores.deleteGroup', { groupId });
  return answer.ok ? null : answer.error;
}
