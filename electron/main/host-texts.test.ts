import { expect, test } from 'vitest';
import { hostTexts } from './host-texts.ts';

test('the language that was set counts, else the first of the system that there are texts for', () => {
  const opens = (language: 'system' | 'en' | 'zh-Hans', ...preferred: string[]): string =>
    hostTexts(language, preferred).open;
  expect(opens('zh-Hans', 'en-GB')).toContain('打开');
  expect(opens('en', 'zh-CN')).toContain('Open');
  expect(opens('system', 'th-TH', 'zh-Hans-SG', 'en')).toContain('打开');
  expect(opens('system', 'EN-us')).toContain('Open');
  expect(opens('system', 'th-TH')).toContain('Open');
});
