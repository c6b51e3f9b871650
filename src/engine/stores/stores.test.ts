import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { Channel, StoreContext, TokenSet } from '../../channels/channel.ts';
import { channelFor } from '../../channels/registry.ts';
import { smallBundle } from '../../testing/bundle.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { memoryFeed, memoryLog, tempDb } from '../../testing/temp-engine.ts';
import { memoryHost } from '../host.ts';
import { createNet } from '../net/net.ts';
import { createSkewMeter } from '../net/skew.ts';
import { createSearch } from '../search/search.ts';
import { openKeyRing } from '../secrets/key-file.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { createProvision } from './provision.ts';
import { createStoreAccess, type OwnStoreAccess } from './store-access.ts';
import { createStores } from './stores.ts';
import { createStoreSecrets, type StoreSecrets } from './tokens.ts';

const HOUR = 3_600_000;
const proxies = { stopOf: () => null };
let temp: ReturnType<typeof tempDb>;
let clock: FakeClock;
let secrets: StoreSecrets;
let access: OwnStoreAccess;
let feed: ReturnType<typeof memoryFeed>;
let connect: ReturnType<typeof createProvision>;
/** What the platform answers to each refresh, in turn; then the last one again. */
let answers: (() => TokenSet)[];
let refreshes: string[];
let isReadOnly: boolean;
let asked: { storeId: number; wasAnswered: boolean }[];

beforeEach(async () => {
  temp = tempDb();
  clock = fakeClock();
  feed = memoryFeed();
  answers = [];
  refreshes = [];
  const { db } = temp;
  const now = (): number => clock.now();
  const log = memoryLog();
  const keys = await openKeyRing({ path: `${temp.dataDir}/key.json`, host: memoryHost(), randomBytes, log });
  const hide = (): void => undefined;
  secrets = createStoreSecrets(createSecrets({ db, keys, randomBytes, now, hide }), hide);
  const search = createSearch(db);
  const indexName = (id: number, name: string): void => search.index('store', id, name);
  connect = createProvision({ db, secrets, randomBytes, now, indexName });
  const net = createNet({
    routeOf: () => ({ kind: 'direct' }),
    skew: createSkewMeter({ now, elapsed: now }),
    elapsed: now,
    randomBytes,
    log,
    passwordOf: () => '',
    onTraffic: () => {},
  });
  isReadOnly = false;
  asked = [];
  access = createStoreAccess({
    db,
    clock,
    log,
    feed,
    net,
    secrets,
    channelFor: () => platform,
    readOnly: { isReadOnly: () => isReadOnly },
    asked: (storeId) => (wasAnswered) => void asked.push({ storeId, wasAnswered }),
  });
});
afterEach(() => temp.close());

let listConversations: (context: StoreContext) => ReturnType<Channel['listConversations']>;

/** Lets a few steps pass inside a refresh, so that calls made meanwhile really overlap. */
const platform: Channel = {
  ...channelFor('shopee'),
  listConversations: (context) => listConversations(context),
  refreshToken: async (context: StoreContext) => {
    refreshes.push(context.token.refreshToken);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    await new Promise((resolve) => setImmediate(resolve));
    if (answer === undefined) throw new Error('No answer was planned');
    return answer();
  },
};

const tokens = (name: string, hours: number): TokenSet => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
  accessTokenExpiresAt: clock.now() + hours * HOUR,
  refreshTokenExpiresAt: clock.now() + 500 * HOUR,
});
const refuse = (code: CodedError['code']) => (): never => {
  throw new CodedError(code, code);
};
const bundle = (hours = 4) => smallBundle(clock.now() + hours * HOUR);
const useToken = (_: Channel, context: StoreContext): Promise<string> =>
  Promise.resolve(context.token.accessToken);
const stateOf = (id: number): unknown => temp.db.prepare('SELECT state FROM stores WHERE id = ?').get(id);

test('a bundle connects its stores once, however often it is given', () => {
  const first = connect(bundle());
  expect(connect(bundle())).toEqual(first);
  const count = (table: string): unknown => temp.db.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  for (const table of ['apps', 'accounts', 'stores']) expect(count(table)).toEqual({ n: 3 });
  expect(count('environments')).toEqual({ n: 1 });
  expect(access.list().map((store) => `${store.platform} ${store.site} ${store.name}`)).toEqual([
    'lazada ID Nusa Living',
    'shopee TH Baan Craft',
    'tiktok VN Hive Audio',
  ]);
  expect(createSearch(temp.db).match('bân crà', { kind: 'store', limit: 9 })).toEqual([]);
  expect(createSearch(temp.db).match('bààn CRA', { kind: 'store', limit: 9 })).toEqual([first[0]]);
});

test("tokens refreshed since stay, a bundle's later ones are taken, and a signed-out store takes any others", () => {
  const [id = 0] = connect(bundle(4));
  secrets.writeTokens(id, { ...tokens('mine', 8), obtainedAt: clock.now() });
  connect(bundle(4));
  expect(secrets.readTokens(id)?.accessToken).toBe('access-mine');
  connect(bundle(9));
  expect(secrets.readTokens(id)?.accessToken).toBe('access-token-101');
  secrets.writeTokens(id, { ...tokens('dead', 20), obtainedAt: clock.now() });
  access.report(id, 'sign-in', { code: 'auth-expired', message: 'x' });
  connect(bundle(9));
  expect(secrets.readTokens(id)?.accessToken).toBe('access-token-101');
  expect(stateOf(id)).toEqual({ state: 'first-read' });
});

test('a bundle that fails half-way connects nothing', () => {
  const broken = bundle();
  broken.platforms[2]?.shops.push({ ...bundle().platforms[2]?.shops[0], shopId: null } as never);
  expect(() => connect(broken)).toThrow();
  expect(access.list()).toEqual([]);
});

test('a token is traded ahead of its end, once for all who ask, and stored before it is used', async () => {
  const [id = 0] = connect(bundle(4));
  answers = [() => tokens('new', 4)];
  expect(await access.call(id, 'background', useToken)).toBe('access-token-101');
  await clock.advance(4 * HOUR - 4 * 60_000);
  const stored: unknown[] = [];
  const uses = [1, 2, 3].map(() =>
    access.call(id, 'background', (_, context) => {
      stored.push(secrets.readTokens(id)?.accessToken);
      return Promise.resolve(context.token.accessToken);
    }),
  );
  expect(await Promise.all(uses)).toEqual(['access-new', 'access-new', 'access-new']);
  expect(stored).toEqual(['access-new', 'access-new', 'access-new']);
  expect(refreshes).toEqual(['refresh-token-101']);
  const row = temp.db.prepare('SELECT access_expires_at AS at FROM stores WHERE id = ?').get(id);
  expect(row).toEqual({ at: secrets.readTokens(id)?.accessTokenExpiresAt });
});

test('a token the platform no longer takes is traded once, and the call made again', async () => {
  const [id = 0] = connect(bundle());
  answers = [() => tokens('new', 4)];
  const seen: string[] = [];
  const answer = await access.call(id, 'background', (_, context) => {
    seen.push(context.token.accessToken);
    if (seen.length === 1) throw new CodedError('auth-expired', 'expired');
    return Promise.resolve('done');
  });
  expect({ answer, seen }).toEqual({ answer: 'done', seen: ['access-token-101', 'access-new'] });
});

test('a call that fails while another has brought new tokens uses those', async () => {
  const [id = 0] = connect(bundle());
  answers = [() => tokens('new', 4)];
  const old = access.call(id, 'background', async (_, context) => {
    if (context.token.accessToken !== 'access-token-101') return context.token.accessToken;
    await access.call(id, 'background', (__, inner) =>
      inner.token.accessToken === 'access-token-101'
        ? Promise.reject(new CodedError('auth-expired', 'expired'))
        : Promise.resolve('inner'),
    );
    throw new CodedError('auth-expired', 'expired');
  });
  expect(await old).toBe('access-new');
  expect(refreshes).toHaveLength(1);
});

test.each(['auth-expired', 'rejected', 'not-found', 'invalid'] as const)(
  'a refresh refused as %s asks for a sign-in, and the platform is left alone for a while',
  async (code) => {
    const [id = 0] = connect(bundle());
    answers = [refuse(code)];
    const expired = (): Promise<never> => Promise.reject(new CodedError('auth-expired', 'expired'));
    await expect(access.call(id, 'background', expired)).rejects.toMatchObject({ code: 'auth-expired' });
    await expect(access.call(id, 'background', expired)).rejects.toMatchObject({ code: 'auth-expired' });
    expect(stateOf(id)).toEqual({ state: 'sign-in' });
    expect(refreshes).toHaveLength(1);
    await clock.advance(11 * 60_000);
    answers = [() => tokens('again', 4)];
    let calls = 0;
    const once = (): Promise<string> => ((calls += 1) === 1 ? expired() : Promise.resolve('back'));
    expect(await access.call(id, 'background', once)).toBe('back');
  },
);

test('new tokens that are refused at once ask for a sign-in', async () => {
  const [id = 0] = connect(bundle());
  answers = [() => tokens('new', 4)];
  await expect(access.call(id, 'background', refuse('auth-expired'))).rejects.toMatchObject({
    code: 'auth-expired',
  });
  expect(stateOf(id)).toEqual({ state: 'sign-in' });
  expect(refreshes).toHaveLength(1);
});

test.each(['unreachable', 'ambiguous', 'internal'] as const)(
  'a refresh that ends as %s says unreachable: what was to be done has not begun',
  async (code) => {
    const [id = 0] = connect(bundle());
    answers = [refuse(code)];
    await expect(access.call(id, 'background', refuse('auth-expired'))).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(stateOf(id)).toEqual({ state: 'first-read' });
    await clock.advance(4 * HOUR - 60_000);
    expect(await access.call(id, 'background', useToken)).toBe('access-token-101');
    await clock.advance(2 * 60_000);
    await expect(access.call(id, 'background', useToken)).rejects.toMatchObject({ code: 'unreachable' });
  },
);

test('other errors pass through, and nothing is traded for them', async () => {
  const [id = 0] = connect(bundle());
  await expect(access.call(id, 'background', refuse('ambiguous'))).rejects.toMatchObject({
    code: 'ambiguous',
  });
  await expect(access.call(99, 'background', useToken)).rejects.toMatchObject({ code: 'not-found' });
  expect(refreshes).toEqual([]);
});

test('states are told when they change; "last read" is noted now and then', async () => {
  const [id = 0] = connect(bundle());
  access.report(id, 'online', null);
  const told = feed.emitted.length;
  access.report(id, 'online', null);
  expect(feed.emitted).toHaveLength(told);
  await clock.advance(31_000);
  access.report(id, 'online', null);
  expect(feed.emitted).toHaveLength(told + 1);
  access.report(id, 'unreachable', { code: 'unreachable', message: 'no way' });
  expect(stateOf(id)).toEqual({ state: 'unreachable' });
  access.report(99, 'online', null);
});

test('the rail: counts by store, groups, and what is not there', async () => {
  const [id = 0, other = 0] = connect(bundle());
  const { handlers } = createStores({ db: temp.db, feed, channelFor, clock, access, proxies });
  temp.db.exec(`
    INSERT INTO buyers (id, store_id, remote_id, name) VALUES (1, ${id}, 'b', 'Buyer');
    INSERT INTO conversations (store_id, connection, remote_id, buyer_id, state, unread, created_at) VALUES
      (${id}, 'api', '1', 1, 'needs-reply', 2, 0), (${id}, 'api', '2', 1, 'needs-reply', 0, 0),
      (${id}, 'api', '3', 1, 'done', 4, 0)`);
  const { stores } = await handlers['stores.list']({});
  expect(stores.find((store) => store.id === id)).toMatchObject({
    unread: 2,
    needsReply: 2,
    state: 'first-read',
  });
  expect(stores.find((store) => store.id === other)).toMatchObject({ unread: 0, needsReply: 0 });

  const group = await handlers['stores.createGroup']({ name: 'Mine' });
  await handlers['stores.setGroup']({ storeId: id, groupId: group.id });
  await handlers['stores.renameGroup']({ groupId: group.id, name: 'Ours' });
  expect((await handlers['stores.list']({})).groups).toEqual([{ id: group.id, name: 'Ours', position: 1 }]);
  await handlers['stores.deleteGroup']({ groupId: group.id });
  expect((await handlers['stores.list']({})).stores.every((store) => store.groupId === null)).toBe(true);
  const missing = expect.objectContaining({ code: 'not-found' });
  expect(() => handlers['stores.setGroup']({ storeId: id, groupId: group.id })).toThrow(missing);
  expect(() => handlers['stores.setGroup']({ storeId: 99, groupId: null })).toThrow(missing);
  expect(() => handlers['stores.renameGroup']({ groupId: 99, name: 'x' })).toThrow(missing);
  expect(() => handlers['stores.deleteGroup']({ groupId: 99 })).toThrow(missing);
});

test('data of another machine reaches no platform: nothing is traded, nothing asked', async () => {
  const [id = 0] = connect(bundle(0));
  isReadOnly = true;
  let used = 0;
  const use = (): Promise<number> => Promise.resolve((used += 1));
  await expect(access.call(id, 'background', use)).rejects.toMatchObject({
    code: 'unreachable',
    details: { reason: 'read-only' },
  });
  expect({ used, refreshes, asked }).toEqual({ used: 0, refreshes: [], asked: [] });
  const { handlers } = createStores({ db: temp.db, feed, channelFor, clock, access, proxies });
  const tried = await handlers['stores.test']({ storeId: id });
  expect(tried.error).toMatchObject({ code: 'unreachable', details: { reason: 'read-only' } });
});

test('a connection is tried: what came of it and how long it took; every request is heard', async () => {
  const [id = 0] = connect(bundle());
  const { handlers } = createStores({ db: temp.db, feed, channelFor, clock, access, proxies });
  listConversations = async () => {
    await clock.advance(120);
    return { items: [], next: null };
  };
  expect(await handlers['stores.test']({ storeId: id })).toEqual({ error: null, ms: 120 });
  listConversations = async (context) => {
    await context.http.request({ method: 'GET', url: 'http://127.0.0.1:1/', effect: 'read' });
    throw new Error('Something answered');
  };
  expect(await handlers['stores.test']({ storeId: id })).toMatchObject({ error: { code: 'unreachable' } });
  expect(asked).toEqual([{ storeId: id, wasAnswered: false }]);
  await expect(handlers['stores.test']({ storeId: 99 })).rejects.toMatchObject({ code: 'not-found' });
});

test('a refresh refused for the time it bore is asked again by the time the answer named, and signs nobody out', async () => {
  const [id = 0] = connect(bundle());
  const wrongTime = (): never => {
    throw new CodedError('rejected', 'The timestamp is outside', { reason: 'clock_skew' });
  };
  answers = [wrongTime, () => tokens('new', 4)];
  let calls = 0;
  const once = (): Promise<string> =>
    (calls += 1) === 1 ? Promise.reject(new CodedError('auth-expired', 'expired')) : Promise.resolve('done');
  expect(await access.call(id, 'background', once)).toBe('done');
  answers = [wrongTime, wrongTime];
  await expect(access.call(id, 'background', refuse('auth-expired'))).rejects.toMatchObject({
    code: 'unreachable',
  });
  expect(stateOf(id)).toEqual({ state: 'first-read' });
});
