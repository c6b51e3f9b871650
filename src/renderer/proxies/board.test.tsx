import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { sampleCheck, sampleProxy, sampleStore } from '../../testing/sample-proxies.ts';
import { startI18n } from '../i18n/i18n.ts';
import { BoardRow } from './board-row.tsx';
import { Board } from './board.tsx';
import { EndsStrip } from './ends-strip.tsx';
import { RowWordsProvider } from './row-words.tsx';

const now = new Date(2026, 11, 1, 12).getTime();
const DAY = 86_400_000;

/** What the stores hold while a test draws: their own changes are not seen by a drawing without a page. */
const { held, select } = vi.hoisted(() => {
  const all = {
    proxies: {} as Record<string, unknown>,
    board: {} as Record<string, unknown>,
    stores: {} as Record<string, unknown>,
  };
  return {
    held: all,
    select:
      (name: keyof typeof all) =>
      (pick: (state: unknown) => unknown = (state) => state) =>
        pick(all[name]),
  };
});
vi.mock('../conversations/minute.ts', () => ({ useMinute: () => new Date(2026, 11, 1, 12).getTime() }));
vi.mock('./proxies-store.ts', () => ({
  useProxies: select('proxies'),
  loadProxies: () => Promise.resolve(),
}));
vi.mock('../stores/stores-store.ts', () => ({
  useStores: Object.assign(select('stores'), { getState: () => held.stores }),
}));
vi.mock('./board-store.ts', async (original) => ({
  ...(await original<object>()),
  useBoard: select('board'),
}));

beforeAll(() => startI18n('en'));

const everything = { text: '', kind: 'all', provider: null, tag: null, ends: null };
function hold(proxies: readonly ProxyView[], given: { loaded?: boolean; error?: ErrorShape } = {}): void {
  const { loaded = true, error = null } = given;
  held.proxies = {
    proxies,
    byId: new Map(proxies.map((proxy) => [proxy.id, proxy])),
    byStore: new Map(),
    loaded,
    error,
  };
}

beforeEach(() => {
  const stores = [sampleStore({ id: 1 }), sampleStore({ id: 2, name: 'Hive Audio', site: 'TH' })];
  held.stores = { stores, byId: new Map(stores.map((store) => [store.id, store])) };
  held.board = {
    filter: everything,
    sort: { by: 'ends', down: false },
    chosen: new Set(),
    question: null,
    editing: null,
  };
});

const draw = (node: ReactNode): string => renderToStaticMarkup(<MantineProvider>{node}</MantineProvider>);
const drawRow = (proxy: ProxyView, spare: ProxyView | null = null): string =>
  draw(
    <RowWordsProvider>
      <BoardRow
        proxy={proxy}
        place={{ rowId: proxy.id, index: 0, current: true }}
        spare={spare}
        now={now}
        ids={[proxy.id]}
      />
    </RowWordsProvider>,
  );
/** What a person reads of it, a blank between each part. */
const words = (markup: string): string =>
  markup
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ');

describe('the board', () => {
  it('tells apart that it is being read, that it can not be read, that there is nothing, and nothing of a kind', () => {
    const error: ErrorShape = { code: 'closed', message: 'x' };
    hold([], { loaded: false });
    expect(draw(<Board />)).toContain('Reading the proxies');
    hold([], { loaded: false, error });
    expect(draw(<Board />)).toContain('The proxies can&#x27;t be read');
    hold([]);
    expect(draw(<Board />)).toContain('No proxies yet');
    hold([sampleProxy()], { error });
    expect(draw(<Board />)).toContain('This list may be out of date');
    held.board = { ...held.board, filter: { ...everything, text: 'nothing like that' } };
    expect(draw(<Board />)).toContain('No proxy is like that');
  });

  it('counts what each filter would show', () => {
    hold([
      sampleProxy({ expiresAt: now + DAY, storeIds: [1] }),
      sampleProxy({ state: 'disabled' }),
      sampleProxy(),
    ]);
    const markup = draw(<Board />);
    const count = (kind: string): string | undefined =>
      new RegExp(`data-testid="proxies-${kind}">[^<]*<span[^>]*>([\\d,]+)`, 'u').exec(markup)?.[1];
    expect(['all', 'ends-soon', 'not-working', 'spare'].map(count)).toEqual(['3', '1', '1', '1']);
  });

  it('says what ends when, with the stores it would stop', () => {
    hold([
      sampleProxy({ expiresAt: now - 1, storeIds: [1, 2] }),
      sampleProxy({ expiresAt: now + DAY }),
      sampleProxy({ expiresAt: now + 9 * DAY }),
      sampleProxy(),
    ]);
    const said = words(draw(<EndsStrip />));
    expect(said).toMatch(
      /^ Ended 1 2 stores Tomorrow 1 no store Dec 8\s–\s14 1 no store Permanent 1 no store $/u,
    );
  });
});

describe('a row of the board', () => {
  it('says what it is, what it carries, how it is and when it ends', () => {
    const check = sampleCheck({ at: now, country: 'MY', latencyMs: 1234 });
    const proxy = sampleProxy({
      name: 'sg 1',
      host: '10.1.1.1',
      protocol: 'socks5',
      country: 'SG',
      provider: 'North',
      tag: 'dc',
      expiresAt: now + 2 * DAY,
      storeIds: [1, 2],
      check,
      sameEgress: [9],
    });
    const markup = drawRow(proxy);
    for (const part of ['sg 1', '10.1.1.1:8080', 'socks5', '203.0.113.7', 'also 1 other', '1,234 ms']) {
      expect(words(markup)).toContain(part);
    }
    for (const part of ['Nusa Living', '+1', 'North', 'dc', 'in 2 d 0 h', 'Works']) {
      expect(words(markup)).toContain(part);
    }
    expect(markup).toContain('The list says Singapore, it was seen in Malaysia');
    expect(markup).toContain('data-near="three"');
    expect(markup).toMatch(/<time[^>]*title="Dec 3, 2026, \d\d:00:00 GMT/u);
  });

  it('names why it does not work, and offers a spare where there is one', () => {
    const error: ErrorShape = { code: 'unreachable', message: 'x', details: { reason: 'refused' } };
    const proxy = sampleProxy({ check: sampleCheck({ error }), storeIds: [1] });
    const markup = drawRow(proxy, sampleProxy({ name: 'spare-7' }));
    expect(words(markup)).toContain('Not working: the platform does not take the connection');
    expect(words(markup)).toContain('Use spare spare-7');
    expect(drawRow(proxy)).not.toContain('use-spare');
  });

  it('marks a country that is not that of a store’s site, seen or said', () => {
    const mark = 'It comes out in Singapore: not the site of Hive Audio TH';
    expect(drawRow(sampleProxy({ country: 'SG', storeIds: [1, 2] }))).toContain(mark);
    const check = sampleCheck({ country: 'SG' });
    expect(drawRow(sampleProxy({ country: 'TH', check, storeIds: [2] }))).toContain(mark);
    expect(drawRow(sampleProxy({ country: 'SG', check, storeIds: [1] }))).not.toContain('country-note');
  });

  it('a target that a test did not reach is not called the platform', () => {
    const error: ErrorShape = { code: 'unreachable', message: 'x', details: { reason: 'proxy-target' } };
    expect(words(drawRow(sampleProxy({ check: sampleCheck({ error }) })))).toContain('the look-up service');
  });

  it('tells a spare from one that carries nothing', () => {
    expect(words(drawRow(sampleProxy()))).toContain('Spare');
    const off = words(drawRow(sampleProxy({ state: 'disabled' })));
    expect(off).toContain('Not used');
    expect(off).toContain('Turned off');
  });

  it('keeps what can be pressed in other rows out of the way of Tab', () => {
    const proxy = sampleProxy();
    expect(drawRow(proxy)).not.toContain('tabindex="-1"');
  });
});
