import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportRow, ProxyDetails } from '../../../contract/proxies.ts';
import { sampleProxy, sampleStore } from '../../../testing/sample-proxies.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { RowWordsProvider } from '../row-words.tsx';
import { ImportFoot } from './import-foot.tsx';
import { itemsOf, judge, type ImportItem } from './import-model.ts';
import { ImportRowLine } from './import-row.tsx';
import { ImportView } from './import-view.tsx';

const known = sampleProxy({ host: 'b.example', expiresAt: Date.UTC(2026, 11, 1), tag: 'dc' });
/** What the stores hold while a test draws: their own changes are not seen by a drawing without a page. */
const { held, select } = vi.hoisted(() => {
  const all = {
    import: {} as Record<string, unknown>,
    proxies: {} as Record<string, unknown>,
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
vi.mock('./import-store.ts', async (original) => ({
  ...(await original<object>()),
  useImport: Object.assign(select('import'), { getState: () => held.import }),
}));
vi.mock('../proxies-store.ts', () => ({
  useProxies: Object.assign(select('proxies'), { getState: () => held.proxies }),
}));
vi.mock('../../stores/stores-store.ts', () => ({
  useStores: Object.assign(select('stores'), { getState: () => held.stores }),
}));

beforeAll(() => startI18n('en'));

const details = (given: Partial<ProxyDetails> = {}): ProxyDetails => ({
  protocol: 'http',
  host: 'a.example',
  port: 8080,
  username: 'mai',
  password: 's3cret',
  rotation: '',
  name: '',
  provider: '',
  tag: '',
  note: '',
  country: null,
  expiresAt: null,
  ...given,
});
const row = (given: Partial<ImportRow>): ImportRow => ({
  row: 1,
  source: 'a.example:8080:mai:s3cret',
  verdict: 'new',
  details: null,
  problem: null,
  readings: [],
  proxyId: null,
  changes: [],
  storeIds: [],
  ...given,
});

beforeEach(() => {
  held.import = {
    text: '',
    held: null,
    protocol: 'http',
    zone: 'Asia/Singapore',
    phase: 'writing',
    items: [],
    columns: [],
    progress: null,
    typed: new Map(),
    failed: null,
    tab: 'all',
    showPasswords: false,
    outcome: null,
  };
  held.proxies = { proxies: [known], byId: new Map([[known.id, known]]), byStore: new Map(), loaded: true };
  const stores = [sampleStore({ id: 1 })];
  held.stores = { stores, byId: new Map(stores.map((store) => [store.id, store])) };
});

const draw = (node: ReactNode): string => renderToStaticMarkup(<MantineProvider>{node}</MantineProvider>);
/** What a person reads of it, a blank between each part. */
const words = (markup: string): string =>
  markup
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ');
function drawRow(given: Partial<ImportRow>, decided: Partial<ImportItem> = {}): string {
  const [item] = judge(
    itemsOf([row(given)]).map((one) => ({ ...one, ...decided })),
    [known],
  );
  return draw(
    <RowWordsProvider>
      <ImportRowLine item={item!} place={{ rowId: 1, index: 0, current: true }} />
    </RowWordsProvider>,
  );
}

describe('the import window', () => {
  it('asks for a list, says how far a long one is read, and what was saved', () => {
    expect(draw(<ImportView />)).toContain('List of proxies');
    held.import = { ...held.import, phase: 'reading', progress: { read: 3000, total: 20_000 } };
    expect(words(draw(<ImportView />))).toContain('3,000 of 20,000 rows');
    held.import = { ...held.import, phase: 'saved', outcome: { added: 2, changed: 0, bound: 1 } };
    expect(words(draw(<ImportView />))).toContain('2 added, 1 store assigned');
  });

  it('keeps what was typed in sight beside what went wrong', () => {
    const error = { code: 'invalid', message: 'x', details: { reason: 'unreadable-file' } } as const;
    held.import = { ...held.import, text: 'typed', failed: { at: 'read', error } };
    const markup = draw(<ImportView />);
    expect(markup).toContain('typed</textarea>');
    expect(markup).toContain('The file is damaged, locked by a password, or of another kind.');
  });

  it('says that it is not known whether a list was saved when no answer came', () => {
    const items = itemsOf([row({ details: details() })]);
    const error = { code: 'timed-out', message: 'x' } as const;
    held.import = { ...held.import, phase: 'read', items, failed: { at: 'save', error } };
    expect(words(draw(<ImportView />))).toContain('it is not known whether the list was saved');
    const conflict = { code: 'conflict', message: 'x', details: { reason: 'exists', row: 0 } } as const;
    held.import = { ...held.import, failed: { at: 'save', error: conflict } };
    expect(words(draw(<ImportView />))).toContain('It is row 1.');
  });

  it('says what is saved and what is left out', () => {
    const items = judge(
      itemsOf([
        row({ details: details(), storeIds: [1] }),
        row({ row: 2, verdict: 'wrong', problem: 'bad-port' }),
        row({ row: 3, verdict: 'ambiguous', readings: [details({ host: 'c.example' })] }),
      ]),
      [],
    );
    expect(words(draw(<ImportFoot items={items} />))).toBe(
      ' 1 store is assigned, 1 row waits for your word and is left out, 1 wrong row is left out Import 1 ',
    );
  });
});

describe('a row of a list', () => {
  it('shows no password unless it is asked for', () => {
    expect(words(drawRow({ details: details() }))).toContain('http · mai:••••');
    held.import = { ...held.import, showPasswords: true };
    expect(words(drawRow({ details: details() }))).toContain('mai:s3cret');
  });

  it('says the exact moment of its end, in the zone it was read in', () => {
    const expiresAt = Date.UTC(2030, 11, 31, 15, 59, 59, 999);
    expect(words(drawRow({ details: details({ expiresAt }) }))).toContain('Dec 31, 2030, 23:59:59 GMT+8');
    expect(words(drawRow({ details: details() }))).toContain('Permanent');
  });

  it('says what it would change, but of a password only that', () => {
    const markup = words(
      drawRow({
        verdict: 'changed',
        proxyId: known.id,
        changes: ['tag', 'password'],
        details: details({ host: 'b.example', tag: 'home' }),
      }),
    );
    expect(markup).toContain('Tag: dc home');
    expect(markup).toContain('Password: another one');
    expect(markup).not.toContain('s3cret');
  });

  it('says why it is wrong and what to do, and hides what may be a password in its line', () => {
    const markup = words(
      drawRow({ verdict: 'wrong', problem: 'bad-port', source: 'a.example:99999x:mai:s3cret' }),
    );
    expect(markup).toContain('The port must be a number from 1 to 65535.');
    expect(markup).toContain('a.example:••••:••••:••••');
    held.import = { ...held.import, typed: new Map([[1, 'a.example:80:mai:s3cret']]) };
    expect(drawRow({ verdict: 'wrong', problem: 'bad-port' })).toContain('value="a.example:80:mai:s3cret"');
  });

  it('asks what an ambiguous one means, and goes on asking once it was said', () => {
    const readings = [details({ host: '10.0.0.1' }), details({ host: '10.0.0.2', username: 'kim' })];
    const open = words(drawRow({ verdict: 'ambiguous', readings }));
    expect(open).toContain('To decide');
    expect(open).toContain('10.0.0.2:8080 · user name kim · password ••••');
    const decided = drawRow({ verdict: 'ambiguous', readings }, { picked: 1 });
    expect(words(decided)).toContain('New 10.0.0.2:8080');
    expect(decided.match(/type="radio"/gu)).toHaveLength(2);
  });

  it('warns where its country is not that of the store’s site', () => {
    const markup = words(drawRow({ details: details({ country: 'MY' }), storeIds: [1] }));
    expect(markup).toContain('The list says Malaysia: not the store');
    expect(words(drawRow({ details: details({ country: 'SG' }), storeIds: [1] }))).not.toContain(
      'The list says',
    );
  });
});
