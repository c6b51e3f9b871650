import { expect, it } from 'vitest';
import { hostForms, trueAddress } from './true-host.ts';

it.each<[string, string, string]>([
  ['shopee.sg', 'shopee.sg', 'shopee.sg'],
  ['SHOPEE.sg', 'shopee.sg', 'shopee.sg'],
  ['xn--shpee-kye.sg', 'xn--shpee-kye.sg', 'shоpee.sg'],
  ['shоpee.sg', 'xn--shpee-kye.sg', 'shоpee.sg'],
  ['店铺.example', 'xn--hxtq42j.example', '店铺.example'],
  ['xn--shpee-kye.sg:8443', 'xn--shpee-kye.sg:8443', 'shоpee.sg:8443'],
  ['127.0.0.1:8080', '127.0.0.1:8080', '127.0.0.1:8080'],
  ['[2001:db8::1]', '[2001:db8::1]', '[2001:db8::1]'],
  ['xn--!!!.example', 'xn--!!!.example', 'xn--!!!.example'],
])('the host %s in both forms', (host, ascii, letters) => {
  expect(hostForms(host)).toEqual({ ascii, letters });
});

it('an address is shown as it truly is', () => {
  expect(trueAddress('https://shopee.sg@evil.example/ü?a=b c')).toBe(
    'https://shopee.sg@evil.example/%C3%BC?a=b%20c',
  );
  expect(trueAddress('https://shоpee.sg')).toBe('https://xn--shpee-kye.sg/');
  expect(trueAddress('no address')).toBe('no address');
});
