import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { Channel } from '../../channels/channel.ts';
import type { PlatformId, StoreView } from '../../contract/models.ts';
import type { ConnectionTest, storesContract } from '../../contract/stores.ts';
import type { Db } from '../db/database.ts';
import type { ProxySource } from '../network/gate.ts';
import type { Feature, Feed, StoreAccess } from '../parts.ts';
import { prepareGroups, prepareStores, type StoreRow } from './queries.ts';

interface StoresInput {
  readonly db: Db;
  readonly feed: Feed;
  readonly channelFor: (platform: PlatformId) => Channel;
  readonly clock: Pick<Clock, 'now'>;
  readonly access: Pick<StoreAccess, 'get' | 'call'>;
  readonly proxies: ProxySource;
}

/** The rail's stores and groups. Reading a store now belongs to sync. */
export function createStores(
  input: StoresInput,
): Feature<Exclude<keyof typeof storesContract, 'stores.syncNow'>> {
  const { db, feed } = input;
  const stores = prepareStores(db);
  const groups = prepareGroups(db);
  const changed = (storeIds: readonly number[] = []): null => {
    feed.emit('groups');
    feed.emit('stores', storeIds);
    return null;
  };

  return {
    handlers: {
      'stores.list': () => {
        const needsReply = counts(stores.needsReply.all());
        const unread = counts(stores.unread.all());
        const view = (row: StoreRow): StoreView => ({
          ...toView(row),
          proxyStop: input.proxies.stopOf(row.id),
          unread: unread.get(row.id) ?? 0,
          needsReply: needsReply.get(row.id) ?? 0,
          maxTextLength: input.channelFor(row.platform).facts.maxTextLength,
          sends: input.channelFor(row.platform).facts.sends,
        });
        return { stores: stores.all.all().map(view), groups: groups.all.all() };
      },
      'stores.setGroup': ({ storeId, groupId }) => {
        if (groupId !== null && !groups.all.all().some((group) => group.id === groupId)) {
          throw new CodedError('not-found', `There is no group ${groupId}`);
        }
        if (stores.setGroup.run(groupId, storeId).changes === 0) {
          throw new CodedError('not-found', `There is no store ${storeId}`);
        }
        return changed([storeId]);
      },
      'stores.test': ({ storeId }) => testConnection(input, storeId),
      'stores.createGroup': ({ name }) => {
        const group = groups.create.get(name);
        if (group === undefined) throw new CodedError('internal', 'The group was not made');
        feed.emit('groups');
        return group;
      },
      'stores.renameGroup': ({ groupId, name }) => {
        if (groups.rename.run(name, groupId).changes === 0) throw noGroup(groupId);
        feed.emit('groups');
        return null;
      },
      'stores.deleteGroup': ({ groupId }) => {
        if (groups.remove.run(groupId).changes === 0) throw noGroup(groupId);
        return changed();
      },
    },
  };
}

/** Asks whether or not the network is thought to be there: that is what it is for. */
async function testConnection(
  { clock, access }: Pick<StoresInput, 'clock' | 'access'>,
  storeId: number,
): Promise<ConnectionTest> {
  access.get(storeId);
  const begin = clock.now();
  const ms = (): number => Math.max(0, clock.now() - begin);
  try {
    await access.call(storeId, 'probe', (channel, context) => channel.listConversations(context, null));
    return { error: null, ms: ms() };
  } catch (error) {
    return { error: toErrorShape(error), ms: ms() };
  }
}

function noGroup(groupId: number): CodedError {
  return new CodedError('not-found', `There is no group ${groupId}`);
}

function counts(rows: readonly { storeId: number; count: number }[]): Map<number, number> {
  return new Map(rows.map((row) => [row.storeId, row.count]));
}

function toView(
  row: StoreRow,
): Omit<StoreView, 'proxyStop' | 'unread' | 'needsReply' | 'maxTextLength' | 'sends'> {
  const { id, accountId, platform, site, name, connection, groupId, state, lastSyncAt } = row;
  const error = row.error === null ? null : (JSON.parse(row.error) as ErrorShape);
  return { id, accountId, platform, site, name, connection, groupId, state, error, lastSyncAt };
}
