import { describe, expect, it } from 'vitest';
import { sampleProxy } from '../../testing/sample-proxies.ts';
import { editChange, editFields, editProblems, type EditFields } from './edit-form.ts';

const proxy = sampleProxy({
  host: 'sg.example',
  username: 'mai',
  hasPassword: true,
  country: 'SG',
  expiresAt: Date.UTC(2026, 11, 3, 15, 59, 59, 999),
});
const edited = (given: Partial<EditFields>): EditFields => ({ ...editFields(proxy), ...given });

describe('what an edit sends', () => {
  it('is nothing where nothing was changed', () => {
    expect(editChange(proxy, editFields(proxy))).toEqual({});
  });

  it('is only what differs, trimmed; a password only when one was typed', () => {
    expect(editChange(proxy, edited({ name: ' sg 1 ', port: ' 9000 ' }))).toEqual({
      name: 'sg 1',
      port: 9000,
    });
    expect(editChange(proxy, edited({ password: ' p:@# ' }))).toEqual({ password: ' p:@# ' });
    expect(editChange(proxy, edited({ password: 'typed', noPassword: true }))).toEqual({ password: '' });
    expect(editChange(proxy, edited({ rotation: ' https://r.example ' }))).toEqual({
      rotation: 'https://r.example',
    });
  });

  it('takes country and end away when they are', () => {
    const expiry = { ...editFields(proxy).expiry, permanent: true };
    expect(editChange(proxy, edited({ country: '', expiry }))).toEqual({ country: null, expiresAt: null });
  });

  it('writes letters and addresses as they are kept', () => {
    expect(editChange(proxy, edited({ country: 'my', host: '[2001:DB8::1]' }))).toEqual({
      country: 'MY',
      host: '2001:db8::1',
    });
  });
});

it.each([
  ['host', { host: ' ' }],
  ['host', { host: 'a b' }],
  ['host', { host: 'mai@sg.example' }],
  ['port', { port: '0' }],
  ['port', { port: '65536' }],
  ['port', { port: '80a' }],
  ['country', { country: 'SGP' }],
  ['rotation', { rotation: 'ftp://rotate.example' }],
  ['expiry', { expiry: { permanent: false, date: '', time: '', zone: 'UTC' } }],
] as const)('%s can not be saved so', (problem, given) => {
  expect([...editProblems(edited(given))]).toEqual([problem]);
});
