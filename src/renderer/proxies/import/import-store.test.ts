import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../../base/result.ts';
import type { ImportRow } from '../../../contract/proxies.ts';
import {
  clearImport,
  correctRow,
  editList,
  giveStores,
  holdList,
  leaveOut,
  pickReading,
  previewList,
  readAs,
  saveImport,
  typeOver,
  useImport,
  writeText,
} from './import-store.ts';

type Answer = Result<unknown> | Promise<Result<unknown>>;
const engine = vi.hoisted(() => ({
  calls: [] as { method: string; input: Record<string, unknown> }[],
  answer: (_method: string, _input: Record<string, unknown>): unknown => undefined,
}));
vi.mock('../../client.ts', () => ({
  client: {
    call: (method: string, input: Record<string, unknown>) => {
      engine.calls.push({ method, input });
      return Promise.resolve(engine.answer(method, input) as Answer);
    },
  },
  clock: { now: () => 0, after: () => () => undefined },
}));
vi.mock('../proxies-store.ts', () => ({ useProxies: { getState: () => ({ proxies: [] }) } }));
vi.mock('../../stores/stores-store.ts', () => ({ useStores: { getState: () => ({ byId: new Map() }) } }));

const ok = (value: unknown): Answer => ({ ok: true, value });
const failed = (code: 'invalid' | 'closed', reason?: string): Answer => ({
  ok: false,
  error: { code, message: 'x', ...(reason === undefined ? {} : { details: { reason } }) },
});
const row = (number: number, given: Partial<ImportRow> = {}): ImportRow => ({
  row: number,
  source: `10.0.0.${number}:8080`,
  verdict: 'new',
  details: {
    protocol: 'http',
    host: `10.0.0.${number}`,
    port: 8080,
    username: '',
    password: '',
    rotation: '',
    name: '',
    provider: '',
    tag: '',
    note: '',
    country: null,
    expiresAt: null,
  },
  problem: null,
  readings: [],
  proxyId: null,
  changes: [],
  storeIds: [],
  ...given,
});
const wrong = (number: number): ImportRow =>
  row(number, { verdict: 'wrong', details: null, problem: 'bad-port', source: 'wrong' });
const part = (rows: readonly ImportRow[], rest: string | null = null): Answer =>
  ok({ rows, total: rows.length, rest, columns: ['host'] });
const state = useImport.getState;
const methods = (): string[] => engine.calls.map(({ method }) => method);

beforeEach(() => {
  engine.calls = [];
  engine.answer = () => part([row(1), wrong(2)]);
  clearImport();
  writeText('the list');
});

describe('reading a list', () => {
  it('asks part by part, and shows nothing before all of it is there', async () => {
    const parts = new Map([
      ['a', part([row(2)], 'b')],
      ['b', part([row(3)])],
    ]);
    const seen: number[] = [];
    engine.answer = (method, { rest }) => {
      seen.push(state().items.length);
      return method === 'proxies.preview' ? part([row(1)], 'a') : parts.get(String(rest));
    };
    await previewList();
    expect(methods()).toEqual(['proxies.preview', 'proxies.previewRest', 'proxies.previewRest']);
    expect(state()).toMatchObject({ phase: 'read', columns: ['host'], failed: null });
    expect(state().items.map((item) => item.row.row)).toEqual([1, 2, 3]);
    expect(seen).toEqual([0, 0, 0]);
  });

  it('keeps what was typed when it fails, and says why', async () => {
    engine.answer = () => failed('invalid', 'unreadable-file');
    await previewList();
    expect(state()).toMatchObject({
      phase: 'writing',
      text: 'the list',
      failed: { at: 'read', error: { details: { reason: 'unreadable-file' } } },
    });
  });

  it('takes no answer to a list that was changed meanwhile', async () => {
    const reading = previewList();
    writeText('another list');
    await reading;
    expect(state()).toMatchObject({ phase: 'writing', text: 'another list', items: [] });
  });

  it('asks nothing of an empty list', async () => {
    writeText('  \n ');
    await previewList();
    expect(engine.calls).toEqual([]);
  });

  it('reads a file in the place of the text, which is there again without it', async () => {
    const source = { kind: 'file', name: 'a.csv', base64: 'YQ==' } as const;
    holdList({ name: 'a.csv', bytes: 1, lines: null, source });
    await vi.waitFor(() => expect(state().phase).toBe('read'));
    expect(engine.calls[0]?.input).toMatchObject({ source });
    expect(state().text).toBe('the list');
  });
});

describe('deciding about rows', () => {
  beforeEach(async () => {
    engine.answer = (method, { text }) =>
      method === 'proxies.previewRow' ? ok(row(2, { source: String(text) })) : part([row(1), wrong(2)]);
    await previewList();
    engine.calls = [];
  });

  it('reads a corrected row again, with the columns of its list, and forgets what was typed over it', async () => {
    typeOver(2, '10.0.0.2:8080');
    expect(await correctRow(2, '10.0.0.2:8080')).toBe(null);
    expect(engine.calls[0]?.input).toMatchObject({ row: 2, text: '10.0.0.2:8080', columns: ['host'] });
    expect(state().items[1]).toMatchObject({ corrected: '10.0.0.2:8080', row: { verdict: 'new' } });
    expect(state().typed.size).toBe(0);
  });

  it('keeps what is typed over a row whose reading fails', async () => {
    engine.answer = () => failed('closed');
    typeOver(2, 'half');
    expect(await correctRow(2, 'half')).toMatchObject({ code: 'closed' });
    expect(state().typed.get(2)).toBe('half');
  });

  it('stays decided when the list is read another way, corrections too', async () => {
    await correctRow(2, '10.0.0.2:8080');
    leaveOut(1, true);
    giveStores(new Map([[2, [5]]]));
    readAs({ protocol: 'socks5' });
    await vi.waitFor(() => expect(state().phase).toBe('read'));
    await vi.waitFor(() => expect(state().items[1]?.row.verdict).toBe('new'));
    expect(engine.calls.at(-1)).toMatchObject({
      method: 'proxies.previewRow',
      input: { protocol: 'socks5' },
    });
    expect(state().items).toMatchObject([{ leftOut: true }, { storeIds: [5], corrected: '10.0.0.2:8080' }]);
  });

  it('stays decided while the list is edited and read once more', async () => {
    leaveOut(1, true);
    typeOver(2, 'half');
    editList();
    writeText('the list, longer');
    await previewList();
    expect(state().items[0]).toMatchObject({ leftOut: true });
    expect(state().typed.get(2)).toBe('half');
  });
});

describe('saving', () => {
  it('sends what was decided, once, and begins anew', async () => {
    await previewList();
    engine.calls = [];
    engine.answer = () => ok({ added: 1, changed: 0, bound: 0 });
    await Promise.all([saveImport(), saveImport()]);
    expect(engine.calls).toEqual([
      {
        method: 'proxies.import',
        input: { rows: [{ details: { protocol: 'http', host: '10.0.0.1', port: 8080 }, proxyId: null }] },
      },
    ]);
    expect(state()).toMatchObject({ phase: 'saved', outcome: { added: 1 }, text: '', items: [] });
  });

  it('keeps everything where nothing was saved', async () => {
    await previewList();
    pickReading(1, 0);
    engine.answer = () => failed('invalid', 'exists');
    await saveImport();
    expect(state()).toMatchObject({ phase: 'read', text: 'the list', failed: { at: 'save' } });
    expect(state().items).toHaveLength(2);
  });

  it('sends nothing where nothing was decided', async () => {
    await previewList();
    leaveOut(1, true);
    engine.calls = [];
    await saveImport();
    expect(engine.calls).toEqual([]);
  });
});
