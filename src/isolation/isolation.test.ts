import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Tally } from './count.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

// Real browsers, proxies, name servers: half a minute on a quiet machine.
test('three stores, each with its browser and proxy: nothing of one is found by another, and nothing goes past a proxy', async () => {
  const child = spawn(process.execPath, [...process.execArgv, main, '--stores', '3', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let lines = '';
  child.stdout.on('data', (part: Buffer) => (lines += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, lines).toBe(0);
  const tally = JSON.parse(lines.trim().split('\n').at(-1) ?? '') as Tally;
  expect(tally).toMatchObject({
    stores: 3,
    pairs: 378,
    bleeds: 0,
    strayPackets: 0,
    directConnections: 0,
  });
  // Null where this machine can't see it, which the run says aloud.
  expect([0, null]).toContain(tally.unresolvedAtProxy);
  for (const [what, count] of Object.entries(tally.controls)) {
    if (count !== null) expect(count, what).toBeGreaterThan(0);
  }
}, 600_000);
