import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { refusalReasons } from './reasons.ts';

const network = [
  'name',
  'refused',
  'timeout',
  'tls',
  'reset',
  'too_large',
  'network',
  'exit-changed',
  'unreadable_answer',
];

it.each(['en', 'zh-Hans'])('every reason a channel gives has plain words: %s', async (language) => {
  const file = new URL(`../../resources/locales/${language}/panel.json`, import.meta.url);
  const { reason } = z
    .object({ reason: z.record(z.string(), z.string().min(1)) })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  expect(Object.keys(reason)).toEqual(expect.arrayContaining([...refusalReasons, ...network]));
});
