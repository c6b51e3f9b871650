import { expect, it } from 'vitest';
import { readSighting } from './sighting.ts';

const said = (body: unknown): string => {
  const seen = readSighting(typeof body === 'string' ? body : JSON.stringify(body));
  return seen === null
    ? 'nothing'
    : `${seen.address.text} ${seen.address.family} ${seen.country} ${seen.city}`;
};

it.each<[string, unknown, string]>([
  [
    'ip, country_code, city',
    { ip: '203.0.113.7', country: 'Singapore', country_code: 'SG', city: 'Singapore' },
    '203.0.113.7 4 SG Singapore',
  ],
  ['query, countryCode', { query: '203.0.113.7', countryCode: 'th' }, '203.0.113.7 4 TH null'],
  ['two letters as country', { ip: '203.0.113.7', country: 'MY', city: '' }, '203.0.113.7 4 MY null'],
  ['a country by its name alone', { ip: '203.0.113.7', country: 'Malaysia' }, '203.0.113.7 4 null null'],
  ['IPv6, shortened', { ip: '2001:DB8:0:0::0007' }, '2001:db8::7 6 null null'],
  ['IPv4 in IPv6', { ip: '::ffff:203.0.113.7' }, '203.0.113.7 4 null null'],
  ['a bare address', ' 203.0.113.7\n', '203.0.113.7 4 null null'],
  ['a page', '<html>203.0.113.7</html>', 'nothing'],
  ['two addresses', { origin: '203.0.113.7, 203.0.113.8' }, 'nothing'],
  ['other JSON', [1], 'nothing'],
  ['null', 'null', 'nothing'],
  ['a failure', { success: false, message: 'limit' }, 'nothing'],
  ['numbers', { ip: 7, city: 7, country: {} }, 'nothing'],
])('reads %s', (_, body, expected) => {
  expect(said(body)).toBe(expected);
});
