import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReadExpiry } from './expiry.ts';

const iso = (moment: number | null | undefined): string =>
  moment === undefined ? 'nothing' : moment === null ? 'permanent' : new Date(moment).toISOString();
const read = (text: string, zone = 'Asia/Singapore'): string[] => createReadExpiry(zone)(text).map(iso);

describe('a bare date is the end of that day', () => {
  it.each([
    '2026-12-31',
    '2026/12/31',
    '2026.12.31',
    '2026-12-31 ',
    '20261231',
    '31/12/2026',
    '12/31/2026',
    '31.12.2026',
    '31-12-2026',
    '2026年12月31日',
    '2026年12月31号',
    '２０２６－１２－３１',
    '31 Dec 2026',
    '31st December 2026',
    'Dec 31, 2026',
    'december 31 2026',
    '31-Dec-2026',
    '46387',
  ])('%s', (text) => expect(read(text)).toEqual(['2026-12-31T15:59:59.999Z']));

  it('there, whatever zone it is', () => {
    expect(read('2026-12-31', 'Asia/Jakarta')).toEqual(['2026-12-31T16:59:59.999Z']);
    expect(read('2026-12-31', 'America/Sao_Paulo')).toEqual(['2027-01-01T02:59:59.999Z']);
    expect(read('2026-12-31 UTC')).toEqual(['2026-12-31T23:59:59.999Z']);
    expect(read('2026-12-31 GMT+8', 'UTC')).toEqual(['2026-12-31T15:59:59.999Z']);
  });

  it('where midnight is left out or comes twice', () => {
    // Cairo's clocks go forward at midnight, Havana's back at 1:00: the next day begins at 1:00, and at the first 0:00.
    expect(read('2026-04-23', 'Africa/Cairo')).toEqual(['2026-04-23T21:59:59.999Z']);
    expect(read('2026-10-31', 'America/Havana')).toEqual(['2026-11-01T03:59:59.999Z']);
  });
});

describe('a time of day', () => {
  it.each([
    ['2026-12-31 18:30', '2026-12-31T10:30:00.000Z'],
    ['2026-12-31T18:30:15', '2026-12-31T10:30:15.000Z'],
    ['2026-12-31T18:30:15.123Z', '2026-12-31T18:30:15.000Z'],
    ['2026-12-31T18:30:15+07:00', '2026-12-31T11:30:15.000Z'],
    ['2026-12-31 18:30 +0530', '2026-12-31T13:00:00.000Z'],
    ['2026-12-31 18:30 UTC+8', '2026-12-31T10:30:00.000Z'],
    ['2026-12-31 18:30 Asia/Jakarta', '2026-12-31T11:30:00.000Z'],
    ['2026-12-31T18:30:00+08:00[Asia/Singapore]', '2026-12-31T10:30:00.000Z'],
    ['2026-12-31 6:30 PM', '2026-12-31T10:30:00.000Z'],
    ['2026-12-31 12:00 AM', '2026-12-30T16:00:00.000Z'],
    ['12/31/2026, 6:30:15 pm', '2026-12-31T10:30:15.000Z'],
    ['2026-12-31 6pm', '2026-12-31T10:00:00.000Z'],
    ['2026年12月31日 18时30分15秒', '2026-12-31T10:30:15.000Z'],
    ['2026年12月31日18:30', '2026-12-31T10:30:00.000Z'],
    ['2026年12月31日 下午6点30', '2026-12-31T10:30:00.000Z'],
    ['2026年12月31日 18点', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31 24:00', '2026-12-31T16:00:00.000Z'],
    ['46387.7708333333', '2026-12-31T10:30:00.000Z'],
    ['1798684200', '2026-12-31T02:30:00.000Z'],
    ['1798684200123', '2026-12-31T02:30:00.123Z'],
  ])('%s', (text, moment) => expect(read(text)).toEqual([moment]));

  it('that the clocks leave out is read as if they had not yet moved, one that comes twice as the first', () => {
    expect(read('2026-03-08 02:30', 'America/New_York')).toEqual(['2026-03-08T07:30:00.000Z']);
    expect(read('2026-11-01 01:30', 'America/New_York')).toEqual(['2026-11-01T05:30:00.000Z']);
  });
});

it('day and month that can’t be told apart mean two moments', () => {
  expect(read('11/12/2026')).toEqual(['2026-12-11T15:59:59.999Z', '2026-11-12T15:59:59.999Z']);
  expect(read('11.12.2026 18:30')).toEqual(['2026-12-11T10:30:00.000Z', '2026-11-12T10:30:00.000Z']);
  expect(read('05/05/2026')).toEqual(['2026-05-05T15:59:59.999Z']);
});

it.each(['permanent', 'Never', '永久', '长期有效', 'lifetime'])('%s is permanent', (text) =>
  expect(read(text)).toEqual(['permanent']),
);
it.each(['', ' ', '-', '/', 'N/A', 'none', '无'])('%j says nothing', (text) =>
  expect(read(text)).toEqual(['nothing']),
);

it.each([
  '2026-02-30',
  '2026-13-01',
  '2025-02-29',
  '32/12/2026',
  '13/13/2026',
  '31/12/26',
  '26-12-31',
  '2026-12-31 25:00',
  '2026-12-31 18:60',
  '2026-12-31 13:00 PM',
  '2026-12-31 18:30 CST',
  '2026-12-31 18:30 Mars/Base',
  '2026-12-31 18:30 +99:00',
  '30 days',
  '30天',
  'tomorrow',
  '2026',
  '8080',
  '123456',
  '99999999999',
  'decoy 31, 2026',
  '2026-12-31'.repeat(9),
])('%s is no date', (text) => expect(read(text)).toEqual([]));

it('throws on no text, and on a zone that is none', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)));
  const parts = fc.array(
    fc.constantFrom('2026', '12', '31', '-', '/', ' ', ':', '年', '月', '日', 'T', 'Z', 'pm', '+08', '99'),
  );
  fc.assert(fc.property(parts, (all) => void read(all.join(''))));
  expect(() => createReadExpiry('Asia/Nowhere')).toThrow('no such time zone');
});
