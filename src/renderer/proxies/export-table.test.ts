import { expect, it } from 'vitest';
import { csvOf } from '../../base/csv.ts';
import { sampleCheck, sampleProxy } from '../../testing/sample-proxies.ts';
import { exportTable } from './export-table.ts';

const words = {
  title: (column: string) => column,
  state: () => 'Works',
  store: (id: number) => `Store ${id} SG`,
  zone: 'Asia/Singapore',
};
const proxy = sampleProxy({
  name: '=HYPERLINK("http://evil.example")',
  host: '2001:db8::1',
  username: 'mai',
  hasPassword: true,
  note: 'line one\nline two',
  expiresAt: Date.UTC(2026, 11, 3, 15, 59, 59, 999),
  storeIds: [1, 2],
  check: sampleCheck({ country: 'SG' }),
});

it('writes everything a list needs to be read again, but no password', () => {
  const [head, row] = exportTable([proxy], null, words);
  expect(Object.fromEntries(head!.map((column, index) => [column, row![index]]))).toEqual({
    name: '=HYPERLINK("http://evil.example")',
    protocol: 'http',
    host: '2001:db8::1',
    port: '8080',
    username: 'mai',
    country: 'SG',
    provider: '',
    tag: '',
    note: 'line one\nline two',
    expires: '2026-12-03T23:59:59+08:00',
    stores: 'Store 1 SG, Store 2 SG',
    egress: '203.0.113.7',
    latency: '120',
    state: 'Works',
  });
});

it('writes passwords and rotation links when asked for them', () => {
  const secrets = new Map([[proxy.id, { password: '+p@ss', rotation: 'https://rotate.example/1' }]]);
  const [head, row] = exportTable([proxy], secrets, words);
  expect(row![head!.indexOf('password')]).toBe('+p@ss');
  expect(row![head!.indexOf('rotation')]).toBe('https://rotate.example/1');
});

it('can be opened by a spreadsheet without anything being run', () => {
  const secrets = new Map([[proxy.id, { password: '+p@ss', rotation: '' }]]);
  const csv = csvOf(exportTable([proxy], secrets, words));
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(csv).toContain(`,'+p@ss,`);
  for (const cell of ['=1', '-1', '@x', '\t=1', '＝1', "'=1"]) {
    expect(csvOf([[cell]]).replaceAll(/^\uFEFF"?/gu, '')).toMatch(/^'/u);
  }
});
