import { z } from 'zod';
import { call } from './define.ts';
import { idSchema, type StoreGroup, type StoreView } from './models.ts';
import type { ErrorShape } from '../base/errors.ts';

/** What came of trying a store's connection. */
export interface ConnectionTest {
  /** Null: it works. */
  readonly error: ErrorShape | null;
  /** From asking to answer, in milliseconds. */
  readonly ms: number;
}

const groupName = z.string().trim().min(1).max(60);

/** Stores and the seller's own groups of them. Feed: `stores` with store ids, `groups`. */
export const storesContract = {
  'stores.list': call<{ stores: StoreView[]; groups: StoreGroup[] }>()(z.object({})),
  'stores.setGroup': call<null>()(z.object({ storeId: idSchema, groupId: idSchema.nullable() })),
  /** Reads the store's newest conversations now, without waiting for its interval; answers once they were, or why not. */
  'stores.syncNow': call<null>()(z.object({ storeId: idSchema })),
  /** Asks the store's platform for its newest conversations and says what came of it. Error: `not-found`. */
  'stores.test': call<ConnectionTest>()(z.object({ storeId: idSchema })),
  'stores.createGroup': call<StoreGroup>()(z.object({ name: groupName })),
  'stores.renameGroup': call<null>()(z.object({ groupId: idSchema, name: groupName })),
  /** Its stores stay, without a group. */
  'stores.deleteGroup': call<null>()(z.object({ groupId: idSchema })),
};
