import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionBundle } from '../contract/bundle.ts';
import { systemClock } from '../base/system-clock.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { createSandboxProcess, type SandboxProcess } from './sandbox-process.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const script = fileURLToPath(new URL('../testing/small-sandbox.ts', import.meta.url));

let sandbox: SandboxProcess | undefined;
let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(async () => {
  await sandbox?.stop();
  folder.remove();
  delete process.env['SMALL_SANDBOX'];
});

function setUp(): { made: SandboxProcess; moved: ConnectionBundle[]; said: string[] } {
  const said: string[] = [];
  const log = (event: string): void => void said.push(event);
  const moved: ConnectionBundle[] = [];
  const made = createSandboxProcess({
    script,
    practiceDir: join(folder.path, 'practice'),
    clock: systemClock,
    random: () => 0.5,
    log: { info: log, warn: log, error: log },
    onMoved: (bundle) => moved.push(bundle),
  });
  sandbox = made;
  return { made, moved, said };
}

const pidAt = async (bundle: ConnectionBundle): Promise<number> =>
  Number(await (await fetch(bundle.admin ?? '')).text());

describe('the sandbox process', () => {
  it('starts once, answers its bundle, and ends', async () => {
    const { made } = setUp();
    const [bundle, same] = await Promise.all([made.start(), made.start()]);
    expect(same).toBe(bundle);
    expect(bundle.environment.key).toBe('sandbox');
    await pidAt(bundle);
    await made.stop();
    await expect(pidAt(bundle)).rejects.toThrow();
    await pidAt(await made.start());
  });

  it('comes back after its end at the same addresses', async () => {
    const { made, moved } = setUp();
    const bundle = await made.start();
    const pid = await pidAt(bundle);
    process.kill(pid, 'SIGKILL');
    await waitUntil('it is back', async () => (await pidAt(bundle).catch(() => pid)) !== pid);
    expect(await made.start()).toEqual(bundle);
    expect(moved).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder.path, 'practice', 'sandbox.json'), 'utf8'))).toEqual(bundle);
  });

  it('goes elsewhere, and says so, when the port it had is taken', async () => {
    const { made, moved } = setUp();
    const bundle = await made.start();
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const taken = `http://127.0.0.1:${(squatter.address() as AddressInfo).port}`;
    const record = join(folder.path, 'practice', 'sandbox.json');
    writeFileSync(record, JSON.stringify({ ...bundle, admin: taken }));
    process.kill(await pidAt(bundle), 'SIGKILL');
    await waitUntil('it moved', () => moved.length === 1);
    expect(await made.start()).toEqual(moved[0]);
    expect(moved[0]?.admin).not.toBe(taken);
    squatter.close();
  });

  it('does not go round a sandbox that has its world open, and waits for one that is leaving', async () => {
    process.env['SMALL_SANDBOX'] = 'in-use';
    const { made } = setUp();
    await expect(made.start()).rejects.toThrow('another one has this practice folder open');
    const later = made.start();
    delete process.env['SMALL_SANDBOX'];
    expect((await later).environment.key).toBe('sandbox');
  });

  it('sets a world of another version aside, with everything that belongs to it, and starts anew', async () => {
    process.env['SMALL_SANDBOX'] = 'other-world';
    const practice = join(folder.path, 'practice');
    for (const dir of [practice, `${practice}.old`]) mkdirSync(join(dir, 'media'), { recursive: true });
    writeFileSync(join(practice, 'sandbox.jsonl'), 'old');
    writeFileSync(join(practice, 'counterdesk.db'), 'old');
    writeFileSync(join(`${practice}.old`, 'older'), '');
    const { made, said } = setUp();
    const bundle = await made.start();
    expect(readdirSync(`${practice}.old`).toSorted()).toEqual(['counterdesk.db', 'media', 'sandbox.jsonl']);
    expect(readdirSync(practice)).toEqual(['sandbox.json']);

    // Once it runs, an engine has the folder open: it is not moved away under it.
    writeFileSync(join(practice, 'sandbox.jsonl'), 'new');
    process.kill(await pidAt(bundle), 'SIGKILL');
    await waitUntil('it failed to come back', () => said.includes('sandbox can not start'));
    expect(readdirSync(practice).toSorted()).toEqual(['sandbox.json', 'sandbox.jsonl']);
  });

  it('says why it can not start, and may be tried again', async () => {
    process.env['SMALL_SANDBOX'] = 'fail';
    const { made } = setUp();
    await expect(made.start()).rejects.toThrow('The sandbox could not be started: it ended with code 4');
    await expect(made.start()).rejects.toThrow('code 4');
  });
});
