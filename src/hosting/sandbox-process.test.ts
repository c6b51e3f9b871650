import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionBundle } from '../contract/bundle.ts';
import { systemClock } from '../engine/clock.ts';
import { memoryLog } from '../testing/temp-engine.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { createSandboxProcess, type SandboxProcess } from './sandbox-process.ts';

const script = fileURLToPath(new URL('../testing/small-sandbox.ts', import.meta.url));

let sandbox: SandboxProcess | undefined;
afterEach(() => sandbox?.stop());

function setUp(args: string[] = []): { made: SandboxProcess; moved: ConnectionBundle[] } {
  const moved: ConnectionBundle[] = [];
  const made = createSandboxProcess({
    script,
    args,
    clock: systemClock,
    random: () => 0.5,
    log: memoryLog(),
    onMoved: (bundle) => moved.push(bundle),
  });
  sandbox = made;
  return { made, moved };
}

const pidAt = async (bundle: ConnectionBundle): Promise<number> =>
  Number(await (await fetch(bundle.admin ?? '')).text());

describe('the sandbox process', () => {
  it('starts once, answers its bundle, and ends', async () => {
    const { made } = setUp(['--journal', '/nowhere']);
    const [bundle, same] = await Promise.all([made.start(), made.start()]);
    expect(same).toBe(bundle);
    expect(bundle.environment.key).toBe('sandbox');
    await pidAt(bundle);
    await made.stop();
    await expect(pidAt(bundle)).rejects.toThrow();
    await pidAt(await made.start());
  });

  it('comes back after its end, and says when its addresses have changed', async () => {
    const { made, moved } = setUp();
    process.kill(await pidAt(await made.start()), 'SIGKILL');
    await waitUntil('it moved', () => moved.length === 1);
    expect(await made.start()).toEqual(moved[0]);
  });

  it('says why it can not start, and may be tried again', async () => {
    const { made } = setUp(['--fail']);
    await expect(made.start()).rejects.toThrow('The sandbox could not be started: it ended with code 4');
    await expect(made.start()).rejects.toThrow('code 4');
  });
});
