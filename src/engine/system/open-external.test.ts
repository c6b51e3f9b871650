import { expect, it } from 'vitest';
import { systemContract } from '../../contract/system.ts';
import { memoryHost } from '../host.ts';
import { openExternal } from './open-external.ts';

it('asks the host to open a page', async () => {
  const host = memoryHost();
  expect(await openExternal(host, 'https://example.com/')).toBe(null);
  expect(host.asked).toEqual([{ method: 'openExternal', input: { url: 'https://example.com/' } }]);
});

it('says when this computer has nothing to open it with', async () => {
  const host = { ...memoryHost(), openExternal: () => Promise.reject(new Error('spawn xdg-open ENOENT')) };
  await expect(openExternal(host, 'https://example.com/')).rejects.toMatchObject({
    code: 'unreachable',
    details: { reason: 'no-opener' },
  });
});

it.each(['http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'example.com', ''])(
  'takes https alone, not %j',
  (url) => {
    expect(systemContract['system.openExternal'].input.safeParse({ url }).success).toBe(false);
  },
);
