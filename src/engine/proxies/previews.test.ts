import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportRow } from '../../contract/proxies.ts';
import { listDesk, type ListDesk } from '../../testing/list-desk.ts';

const ZONE = 'Asia/Singapore';
const END = Date.parse('2026-12-31T15:59:59.999Z');
let desk: ListDesk;
beforeEach(async () => {
  desk = await listDesk();
});
afterEach(() => desk.close());

const preview = (text: string, protocol: 'http' | 'socks5' = 'http') =>
  desk.call('proxies.preview', { source: { kind: 'text', text }, protocol, zone: ZONE });
const rowsOf = async (text: string, protocol?: 'socks5'): Promise<readonly ImportRow[]> =>
  (await preview(text, protocol)).rows;
/** `row verdict …` with what the verdict comes with. */
const verdicts = (rows: readonly ImportRow[]): string[] =>
  rows.map(({ row, verdict, problem, proxyId, changes, readings, storeIds }) =>
    [
      row,
      verdict,
      problem,
      proxyId,
      changes.join('+'),
      readings.length > 0 ? `${readings.length} readings` : '',
      storeIds.length > 0 ? `stores ${storeIds.join('+')}` : '',
    ]
      .filter((part) => part !== null && part !== '')
      .join(' '),
  );
/** Saves these lines. */
const save = async (text: string): Promise<void> => {
  const rows = (await rowsOf(text)).flatMap(({ details, proxyId }) =>
    details === null ? [] : [{ details, proxyId }],
  );
  await desk.call('proxies.import', { rows });
};

describe('the verdict on a row', () => {
  it('new, twice, wrong, ambiguous, ended, and of the stores it names', async () => {
    const text = [
      'host,port,user,password,expiry,store',
      '203.0.113.7,80,mai,s3,2026-12-31,hive audio',
      '203.0.113.7,80,mai,other,,',
      '203.0.113.7,80,lin,s3,,"Baan Craft; Nusa Living ID"',
      '203.0.113.8,99999,,,,',
      '203.0.113.9,80,,,11/12/2026,',
      '203.0.113.9,80,,,2026-01-04,',
      '203.0.113.9,80,,,01/02/2026,',
      '203.0.113.9,80,,,,Twin',
      '203.0.113.9,80,,,,Nobody',
      '203.0.113.9,80,,,,Twin (VN)',
    ].join('\n');
    expect(verdicts(await rowsOf(text))).toEqual([
      '2 new stores 1',
      '3 wrong twice-in-list',
      '4 new stores 3+4',
      '5 wrong bad-port',
      '6 ambiguous 2 readings',
      '7 wrong expired',
      // One of its two days is over: the other must still be said by a person.
      '8 ambiguous 1 readings',
      '9 wrong unknown-store',
      '10 wrong unknown-store',
      '11 new stores 6',
    ]);
  });

  it('of one that is there: what it says is compared, what it does not say stays', async () => {
    await save('socks5://mai:s3@203.0.113.7:80');
    await desk.call('proxies.change', {
      proxyId: 1,
      change: { note: 'mine', tag: 'dc', name: 'First', provider: 'Acme', country: 'SG', expiresAt: END },
    });
    const [same] = await rowsOf('203.0.113.7:80:mai:s3');
    expect(same).toMatchObject({
      verdict: 'duplicate',
      proxyId: 1,
      details: { protocol: 'socks5', note: 'mine', tag: 'dc', name: 'First', country: 'SG', expiresAt: END },
    });
    expect(
      verdicts(
        await rowsOf(
          [
            'http://mai:other@203.0.113.7:80[https://p.example/r]',
            '203.0.113.7:80|mai|s3|2027-12-31',
            '203.0.113.7:80:mai: # theirs',
          ].join('\n'),
        ),
      ),
    ).toEqual(['1 changed 1 protocol+password+rotation', '2 wrong twice-in-list', '3 wrong twice-in-list']);
    expect(verdicts(await rowsOf('203.0.113.7:80|mai|s3|2027-12-31'))).toEqual(['1 changed 1 expiresAt']);
    expect(verdicts(await rowsOf('203.0.113.7:80|mai|s3|永久'))).toEqual(['1 changed 1 expiresAt']);
    expect(verdicts(await rowsOf('203.0.113.7:80:mai: # theirs'))).toEqual(['1 changed 1 note']);
    expect(verdicts(await rowsOf('203.0.113.7:80:lin:s3', 'socks5'))).toEqual(['1 new']);
    // A reading that is picked goes on from what is there, too.
    const [asked] = await rowsOf('203.0.113.7:80:mai');
    expect(asked?.readings).toMatchObject([{ protocol: 'socks5', note: 'mine', expiresAt: END }]);
  });

  it('takes the protocol of the dialog for new ones whose rows name none', async () => {
    const rows = await rowsOf('203.0.113.7:80\nhttp://203.0.113.8:80', 'socks5');
    expect(rows.map(({ details }) => details?.protocol)).toEqual(['socks5', 'http']);
  });

  it('never answers what is sealed', async () => {
    await save('203.0.113.7:80:mai:kept-secret[https://p.example/kept-link]');
    const answers = JSON.stringify([
      await preview('203.0.113.7:80:mai:'),
      await preview('203.0.113.7:80:mai:guess'),
      await desk.call('proxies.list', {}),
    ]);
    expect(answers).not.toContain('kept-');
  });
});

it('a row can be corrected, in a list of lines and in a table', async () => {
  const again = { row: 7, zone: ZONE };
  expect(await desk.call('proxies.previewRow', { ...again, text: '203.0.113.7:80' })).toMatchObject({
    row: 7,
    verdict: 'new',
  });
  const { rows, columns } = await preview('店铺,地址,端口\nTwin SG,203.0.113.7,99999');
  const text = rows[0]?.source.replace('99999', '9999') ?? '';
  expect(rows[0]).toMatchObject({ verdict: 'wrong', problem: 'bad-port' });
  expect(await desk.call('proxies.previewRow', { ...again, text, columns: [...columns] })).toMatchObject({
    verdict: 'new',
    details: { port: 9999 },
    storeIds: [5],
  });
});

it('a file is read as its bytes are', async () => {
  const base64 = Buffer.from('ip,port\n203.0.113.7,80', 'utf16le').toString('base64');
  const source = { kind: 'file' as const, name: 'a.csv', base64 };
  const answer = await desk.call('proxies.preview', { source, zone: ZONE });
  expect(answer).toMatchObject({ total: 1, rest: null, columns: ['host', 'port'] });
});

describe('a long list', () => {
  const text = Array.from(
    { length: 2_500 },
    (_, at) => `203.0.${at % 2 === 0 ? 0 : at >> 8}.${at % 256}:${1 + at}`,
  );
  const reason = (rest: string): Promise<unknown> =>
    desk.call('proxies.previewRest', { rest }).catch((error: { details: unknown }) => error.details);

  it('comes in parts, in their order; the last one again for a page that lost it', async () => {
    // The last line is the first one again: it stands in another part.
    const first = await preview([...text, text[0]].join('\n'));
    const second = await desk.call('proxies.previewRest', { rest: first.rest ?? '' });
    expect(await desk.call('proxies.previewRest', { rest: first.rest ?? '' })).toEqual(second);
    const parts = [first, second];
    for (let rest = second.rest; rest !== null; rest = parts.at(-1)?.rest ?? null) {
      parts.push(await desk.call('proxies.previewRest', { rest }));
    }
    const rows = parts.flatMap((part) => part.rows);
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 2_501 }, (_, at) => at + 1));
    expect(parts.map(({ total }) => total)).toEqual(parts.map(() => 2_501));
    expect(rows.at(-1)).toMatchObject({ verdict: 'wrong', problem: 'twice-in-list' });
    expect(await reason(first.rest ?? '')).toEqual({ reason: 'forgotten' });
  });

  it('is forgotten after two minutes, with all that are newer than three, and at the end', async () => {
    const { rest } = await preview(text.join('\n'));
    await desk.clock.advance(119_000);
    expect(await reason(rest ?? '')).toMatchObject({ total: 2_500 });
    await desk.clock.advance(119_000);
    expect(await reason(rest ?? '')).toMatchObject({ total: 2_500 });
    await desk.clock.advance(121_000);
    expect(await reason(rest ?? '')).toEqual({ reason: 'forgotten' });
    const parts = [];
    for (let count = 0; count < 5; count += 1) parts.push(await preview(text.join('\n')));
    expect(await reason(parts[0]?.rest ?? '')).toEqual({ reason: 'forgotten' });
    expect(await reason(parts[1]?.rest ?? '')).toMatchObject({ total: 2_500 });
    expect(await reason('nonsense')).toEqual({ reason: 'forgotten' });
    expect(desk.clock.waiting).toBe(4);
  });

  it('lets other work in', async () => {
    let turns = 0;
    const count = (): void => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const many = Array.from({ length: 20_000 }, (_, at) => `203.0.113.7:${1 + at}`);
    await preview(many.join('\n'));
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});

it.each([
  [
    'a zone that is none',
    { source: { kind: 'text' as const, text: '203.0.113.7:80' }, zone: 'Mars/Base' },
    'unknown-zone',
  ],
  ['nothing', { source: { kind: 'text' as const, text: ' ' }, zone: ZONE }, 'empty'],
  [
    'a picture',
    {
      source: { kind: 'file' as const, name: 'a.png', base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB' },
      zone: ZONE,
    },
    'unreadable-file',
  ],
  [
    'too many',
    { source: { kind: 'text' as const, text: 'a:1\n'.repeat(100_001) }, zone: ZONE },
    'too-many-rows',
  ],
])('%s is refused', async (_, input, reason) => {
  await expect(desk.call('proxies.preview', input)).rejects.toMatchObject({
    code: 'invalid',
    details: { reason },
  });
});
