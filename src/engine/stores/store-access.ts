import { CodedError, toErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { Channel, StoreContext } from '../../channels/channel.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { Net } from '../net/net.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import { heardHttp, type Asked } from '../network/outcome.ts';
import type { CallFor, Feed, Log, StoreAccess, StoreRecord } from '../parts.ts';
import { createCallTurns } from './call-turns.ts';
import { prepareStores, type StoreRow } from './queries.ts';
import { createRefresher, refreshDue, signInNeeded, type Refresher } from './refresh.ts';
import { createStateReport } from './state-report.ts';
import type { StoreSecrets, StoredTokens } from './tokens.ts';

interface StoreAccessInput {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly feed: Feed;
  readonly net: Net;
  readonly secrets: StoreSecrets;
  readonly channelFor: (platform: PlatformId) => Channel;
  /** Data that belongs to another machine reaches no platform: no token is traded, nothing is sent. */
  readonly readOnly: ReadOnlySource;
  /** Hears of every request of a store, and how it ended. */
  readonly asked: Asked;
}

/** `StoreAccess`, and what the engine does with it at its start. */
export interface OwnStoreAccess extends StoreAccess {
  /** Stores whose secrets can't be opened (the key is lost) say so at once, not when they are next read. */
  checkSignIns(): void;
  /** No call begins any more: those that wait for their turn end with `closed`. */
  stop(): void;
}

/** The one way to a store's platform: its exit, its app, a valid token. */
export function createStoreAccess(input: StoreAccessInput): OwnStoreAccess {
  const { db, clock, secrets } = input;
  const queries = prepareStores(db);
  const report = createStateReport({ db, clock, feed: input.feed, log: input.log });
  const save = db.transaction((storeId: number, tokens: StoredTokens) => {
    secrets.writeTokens(storeId, tokens);
    queries.setExpiry.run(tokens.accessTokenExpiresAt, tokens.refreshTokenExpiresAt, storeId);
  });
  const turns = createCallTurns(clock);
  const turn = async (storeId: number, what: CallFor): Promise<void> => {
    const { appId, callsPerSecond: perSecond, callsBurst: burst, callsScope: scope } = row(storeId);
    if (perSecond === null || what === 'picture') return;
    const key = scope === 'app' ? `app ${appId}` : `store ${storeId}`;
    await turns.take(key, { perSecond, burst, scope }, what);
  };
  const refresher = createRefresher({
    now: () => clock.now(),
    turn,
    read: secrets.readTokens,
    write: (storeId, tokens) => {
      save.immediate(storeId, tokens);
      input.log.info('tokens-refreshed', { storeId, until: tokens.accessTokenExpiresAt });
    },
    signIn: (storeId, error) => report(storeId, 'sign-in', toErrorShape(error)),
  });

  const row = (storeId: number): StoreRow => {
    const found = queries.get.get(storeId);
    if (found === undefined) throw new CodedError('not-found', `There is no store ${storeId}`);
    return found;
  };
  const record = (found: StoreRow): StoreRecord => toRecord(found, input.channelFor(found.platform));
  const contextOf = (store: StoreRow): StoreContext | null => {
    const token = secrets.readTokens(store.id);
    const app = store.appId === null ? null : secrets.readApp(store.appId);
    if (token !== null && app !== null) return buildContext(store, app, token, input);
    report(store.id, 'sign-in', toErrorShape(signInNeeded()));
    return null;
  };

  return {
    list: () => queries.all.all().map(record),
    get: (storeId) => record(row(storeId)),
    call: async (storeId, what, use) => {
      if (input.readOnly.isReadOnly()) throw readOnlyError();
      await turn(storeId, what);
      const store = row(storeId);
      const channel = input.channelFor(store.platform);
      const stored = contextOf(store);
      if (stored === null) throw signInNeeded();
      const context = await ahead(store.id, what, channel, stored, refresher);
      try {
        return await use(channel, context);
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'auth-expired') throw error;
        const token = await refresher.refresh(storeId, what, withTime(context), channel, context);
        await turn(storeId, what);
        return await again(
          () => use(channel, { ...context, token }),
          (last) => report(storeId, 'sign-in', toErrorShape(last)),
        );
      }
    },
    report,
    checkSignIns: () => {
      for (const store of queries.all.all()) contextOf(store);
    },
    stop: () => turns.stop(),
  };
}

/** Ahead of the token's end. While the platform can't be reached for it, a token that still holds is used. */
async function ahead(
  storeId: number,
  what: CallFor,
  channel: Channel,
  context: StoreContext,
  refresher: Refresher,
): Promise<StoreContext> {
  const token = withTime(context);
  if (!refreshDue(token, context.now())) return context;
  try {
    return { ...context, token: await refresher.refresh(storeId, what, token, channel, context) };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'auth-expired') throw error;
    if (token.accessTokenExpiresAt > context.now()) return context;
    throw error;
  }
}

/** A token that is brand new and refused all the same means that the shop took its permission back. */
async function again<T>(use: () => Promise<T>, onRefused: (error: CodedError) => void): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'auth-expired') onRefused(error);
    throw error;
  }
}

function withTime(context: StoreContext): StoredTokens {
  return { obtainedAt: 0, ...context.token };
}

function buildContext(
  store: StoreRow,
  app: { readonly appSecret: string; readonly pushSecret: string },
  token: StoredTokens,
  { net, clock, asked }: Pick<StoreAccessInput, 'net' | 'clock' | 'asked'>,
): StoreContext {
  const gateways = JSON.parse(store.gateways) as Record<string, string>;
  const address = gateways[store.site] ?? store.api;
  return {
    app: { api: store.api, auth: store.auth, gateways, appKey: store.appKey, ...app },
    shopId: store.shopId,
    site: store.site,
    cipher: store.cipher,
    sellerId: store.sellerId,
    token,
    http: heardHttp(
      net.exitFor(store.accountId, store.appId, [store.api, store.auth, ...Object.values(gateways)]),
      store.id,
      asked,
    ),
    now: () => clock.now() + net.skewMs(address),
  };
}

function readOnlyError(): CodedError {
  return new CodedError('unreachable', 'This data is used on another machine', { reason: 'read-only' });
}

function toRecord(row: StoreRow, channel: Channel): StoreRecord {
  return {
    id: row.id,
    platform: row.platform,
    site: row.site,
    name: row.name,
    connection: row.connection,
    live: { mode: row.liveMode, minMs: row.liveMinMs, maxMs: row.liveMaxMs },
    settleMs: row.settleMs,
    facts: channel.facts,
  };
}
