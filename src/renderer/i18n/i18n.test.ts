import { describe, expect, it } from 'vitest';
import { resolveLanguage } from './i18n.ts';

describe('the language of the page', () => {
  it.each([
    ['system', ['zh-CN', 'en'], 'zh-Hans'],
    ['system', ['th-TH', 'zh-TW'], 'zh-Hans'],
    ['system', ['vi', 'en-GB', 'zh'], 'en'],
    ['system', ['id'], 'en'],
    ['en', ['zh-CN'], 'en'],
    ['zh-Hans', ['en'], 'zh-Hans'],
  ] as const)('%s with %j is %s', (setting, preferred, expected) => {
    expect(resolveLanguage(setting, preferred)).toBe(expected);
  });
});
