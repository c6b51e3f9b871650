import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../base/system-clock.ts';
import { flipBytes } from '../testing/broken-database.ts';
import { migrationsDir } from '../testing/temp-engine.ts';
import { hostFolders, openSession, startTestHost } from '../testing/web-host.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { connectWire, type WireClient } from '../wire/client.ts';
import { socketPort } from '../wire/socket-port.ts';
import type { WebHost } from './web-host.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const engineScript = fileURLToPath(new URL('../engine/main.ts', import.meta.url));
let folders: ReturnType<typeof hostFolders>;
let host: WebHost;
beforeEach(async () => {
  folders = hostFolders();
  host = await startTestHost(folders, { engineScript, migrationsDir });
});
afterEach(async () => {
  await host.close();
  folders.remove();
});

async function connect(): Promise<WireClient> {
  const session = await openSession(host.address());
  const port = socketPort(new WebSocket(`ws://127.0.0.1:${host.port}/socket`));
  const client = connectWire(port, { onFeed: () => {}, timers: systemClock });
  port.post(JSON.stringify({ session }));
  return client;
}
const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const epoch = (): string | null => (host.desk.state.kind === 'ready' ? host.desk.state.epoch : null);
const restarted = (before: string | null): Promise<void> =>
  waitUntil('another engine is ready', () => epoch() !== null && epoch() !== before);

it('restores a backup by starting the engine again, and a damaged file by itself at the next start', async () => {
  let page = await connect();
  valueOf(await page.call('settings.set', { theme: 'dark' }));
  const backup = valueOf(await page.call('backups.make', {}));
  valueOf(await page.call('settings.set', { theme: 'light' }));
  const before = epoch();
  valueOf(await page.call('backups.restore', { name: backup.name }));
  await restarted(before);
  page = await connect();
  expect(valueOf(await page.call('settings.get', {}))).toMatchObject({ theme: 'dark' });
  expect(valueOf(await page.call('backups.report', {}))).toMatchObject({ kind: 'restored-by-hand' });
  expect(valueOf(await page.call('backups.list', {})).backups.map(({ kind }) => kind)).toEqual([
    'before-restore',
    'by-hand',
  ]);
  await host.close();

  flipBytes(join(folders.root, 'desk/counterdesk.db'), 0, 64);
  host = await startTestHost(folders, { engineScript, migrationsDir });
  expect(host.startState).toMatchObject({ kind: 'ready' });
  page = await connect();
  expect(valueOf(await page.call('settings.get', {}))).toMatchObject({ theme: 'dark' });
  expect(valueOf(await page.call('backups.report', {}))).toMatchObject({ kind: 'damaged' });
  expect(readdirSync(join(folders.root, 'desk/quarantine'))).toHaveLength(1);
});
