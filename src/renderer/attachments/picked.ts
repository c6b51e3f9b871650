import { z } from 'zod';
import { createStore } from 'zustand';
import { idSchema } from '../../contract/models.ts';

const key = 'counterdesk.picked';

const pickedSchema = z.object({
  /** UUIDv7: the id its message will have, however often it is tried. */
  clientId: z.uuid(),
  name: z.string(),
  /** Name under `/media/`; null until the host has the bytes. */
  hash: z.string().nullable(),
  /** UTC milliseconds. */
  pickedAt: z.number(),
});
const storedSchema = z.object({
  folder: z.string(),
  picked: z.array(z.tuple([idSchema, z.array(pickedSchema)])),
});

/** A picture picked for a conversation and not sent yet. */
export interface Picked extends z.infer<typeof pickedSchema> {
  /** On its way to the host, there, or not taken by it. */
  readonly state: 'uploading' | 'ready' | 'failed';
}

type Pictures = ReadonlyMap<number, readonly Picked[]>;

/** Pictures picked and not sent yet, by conversation: they never go along to another one. */
export const pickedPictures = createStore<{ readonly folder: string; readonly pictures: Pictures }>(() => ({
  folder: '',
  pictures: new Map(),
}));

const none: readonly Picked[] = [];

/** Those of one conversation, in the order they were picked. */
export function pickedOf(
  conversationId: number,
  { pictures } = pickedPictures.getState(),
): readonly Picked[] {
  return pictures.get(conversationId) ?? none;
}

function write(): void {
  const { folder, pictures } = pickedPictures.getState();
  // Only what the host has can be shown again after a reload.
  const picked = [...pictures].map(([id, list]) => [id, list.filter(({ hash }) => hash !== null)] as const);
  const kept = picked.filter(([, list]) => list.length > 0);
  try {
    if (kept.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ folder, picked: kept }));
  } catch {
    // Without storage they still outlive a change of conversation, only not a reload.
  }
}

/** Takes up what a reload left behind for this data folder; what belongs to another one is dropped. */
export function openPicked(folder: string): void {
  const pictures = new Map<number, readonly Picked[]>();
  try {
    const stored = storedSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    if (stored.success && stored.data.folder === folder) {
      for (const [id, list] of stored.data.picked) {
        pictures.set(
          id,
          list.map((one) => ({ ...one, state: 'ready' })),
        );
      }
    }
  } catch {
    // Unreadable: nothing is taken up.
  }
  pickedPictures.setState({ folder, pictures });
}

function change(conversationId: number, next: (list: readonly Picked[]) => readonly Picked[]): void {
  const pictures = new Map(pickedPictures.getState().pictures);
  const list = next(pictures.get(conversationId) ?? none);
  if (list.length === 0) pictures.delete(conversationId);
  else pictures.set(conversationId, list);
  pickedPictures.setState({ pictures });
  write();
}

export function addPicked(conversationId: number, picked: Picked): void {
  change(conversationId, (list) => [...list, picked]);
}

export function updatePicked(
  conversationId: number,
  clientId: string,
  to: Partial<Pick<Picked, 'state' | 'hash'>>,
): void {
  change(conversationId, (list) => list.map((one) => (one.clientId === clientId ? { ...one, ...to } : one)));
}

/** Taken out by hand, or sent. */
export function removePicked(conversationId: number, clientId: string): void {
  change(conversationId, (list) => list.filter((one) => one.clientId !== clientId));
}
