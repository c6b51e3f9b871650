import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { PictureLimits } from './check-picture.ts';
import { pickedOf, pickedPictures, removePicked, type Picked } from './picked.ts';
import { forgetFile, pickFiles, type RefusedFile } from './uploads.ts';

/** The pictures of the conversation whose composer is shown. */
export interface Pictures {
  readonly items: readonly Picked[];
  /** Files that were not taken the last time. */
  readonly refused: readonly RefusedFile[];
  /** Takes files; nothing where the platform takes no pictures. */
  readonly add: (files: readonly File[]) => void;
  readonly remove: (clientId: string) => void;
  readonly clearRefused: () => void;
}

const nobody: readonly RefusedFile[] = [];

/** React hook: pictures picked for a conversation. `limits`: null where none can be sent. */
export function usePictures(conversationId: number, limits: PictureLimits | null): Pictures {
  const items = useStore(pickedPictures, (state) => pickedOf(conversationId, state));
  const [refused, setRefused] = useState(nobody);
  const add = useCallback(
    (files: readonly File[]) => {
      if (limits === null || files.length === 0) return;
      setRefused(nobody);
      void pickFiles(conversationId, files, limits).then(setRefused);
    },
    [conversationId, limits],
  );
  const remove = useCallback(
    (clientId: string) => {
      forgetFile(clientId);
      removePicked(conversationId, clientId);
    },
    [conversationId],
  );
  const clearRefused = useCallback(() => setRefused(nobody), []);
  return { items, refused, add, remove, clearRefused };
}
