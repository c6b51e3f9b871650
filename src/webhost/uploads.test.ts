import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pngBytes } from '../testing/pictures.ts';
import { ask, hostFolders, openSession, startTestHost } from '../testing/web-host.ts';
import { waitUntil } from '../testing/wait-until.ts';
import type { WebHost } from './web-host.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folders: ReturnType<typeof hostFolders>;
const hosts: WebHost[] = [];
beforeEach(() => {
  folders = hostFolders();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  folders.remove();
});

it('takes no picture before a space is open: it would lie where nobody looks for it', async () => {
  const first = await startTestHost(folders, { space: 'practice' });
  const { port } = first;
  const session = await openSession(first.address());
  await first.close();
  const picture = Buffer.from(pngBytes(3, 2));
  const statuses: (number | null)[] = [];
  const starting = startTestHost(folders, { space: 'practice', port });
  await waitUntil('it takes the picture', async () => {
    const post = { method: 'POST', headers: { authorization: `Bearer ${session}` }, body: picture };
    const status = await ask(port, '/upload', post).then(
      (reply) => reply.status,
      () => null,
    );
    statuses.push(status);
    return status === 200;
  });
  hosts.push(await starting);
  expect(statuses).toContain(503);
  const hash = createHash('sha256').update(picture).digest('hex');
  const isIn = (space: string): boolean => existsSync(join(folders.root, space, 'media', hash));
  expect([isIn('practice'), isIn('desk')]).toEqual([true, false]);
});
