import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/system-clock.ts';
import { hasDisplay } from '../hosting/display.ts';
import { findBrowser } from '../hosting/find-browser.ts';
import type { HostLog } from '../hosting/log.ts';
import { lineLog } from '../hosting/log.ts';
import { defaultDataRoot, keyFilePath, thisMachine } from '../hosting/spaces.ts';
import { readArguments, USAGE, type HostArguments } from './arguments.ts';
import { askRunningHost } from './single-instance.ts';
import { startWebHost, type WebHost } from './web-host.ts';

/** The project's folder, from the source as from the build. */
const projectDir = join(import.meta.dirname, '..', '..');
const built = (name: string): string => join(projectDir, 'out', name);

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const complain = (line: string): boolean => process.stderr.write(`${line}\n`);
const ready = (address: string): boolean => say(`Counterdesk is ready: ${address}`);

const lines = lineLog((line) => process.stderr.write(line), systemClock.now);
const log: HostLog = { ...lines, info: () => {} };

/** Asks a host that runs on this data already; true when it took over. */
async function handOver(root: string, wantsWindow: boolean): Promise<boolean> {
  const running = await askRunningHost(root, wantsWindow);
  if (running === null) return false;
  if (running.address === null) say('Counterdesk is open already; its window comes to the front.');
  else ready(running.address);
  return true;
}

function endOnSignals(host: WebHost): (code: number) => void {
  let ending = false;
  const end = (code: number): void => {
    if (ending) process.exit(1);
    ending = true;
    host.close().then(
      () => process.exit(code),
      (error: unknown) => {
        complain(`Counterdesk did not end cleanly: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  return end;
}

async function run(args: HostArguments): Promise<void> {
  const machine = thisMachine();
  const root = args.data ?? defaultDataRoot(machine);
  if (await handOver(root, !args.noWindow)) return;

  const browser = hasDisplay() ? (findBrowser({ windowed: true }) ?? null) : null;
  const { version } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  let end = (_code: number): void => {};
  const host = await startWebHost({
    root,
    keyFile: keyFilePath(machine),
    space: args.sandbox ? 'practice' : 'real',
    port: args.port,
    version,
    migrationsDir: join(projectDir, 'migrations'),
    pageDir: args.page ?? built('renderer'),
    engineScript: args.engine ?? built('main/engine.js'),
    sandboxScript: args.sandboxScript ?? built('main/sandbox.js'),
    browser,
    clock: systemClock,
    log,
    onWindowClosed: () => {
      if (!args.noWindow) end(0);
    },
  }).catch(async (error: unknown) => {
    // Two starts at the same moment: the other one's sandbox was faster.
    if (await handOver(root, !args.noWindow)) return null;
    throw error;
  });
  if (host === null) return;
  end = endOnSignals(host);
  const { startState } = host;
  if (startState.kind === 'failed') {
    // Two starts at the same moment: the other one was faster.
    if (startState.reason === 'locked' && (await handOver(root, !args.noWindow))) return end(0);
    complain(`Counterdesk can not open its data: ${startState.message}`);
  }
  if (args.port !== null && args.port !== 0 && host.port !== args.port)
    complain(`Port ${args.port} is taken; this is served on ${host.port} instead.`);
  ready(host.address());
  if (!args.noWindow) host.openWindow();
}

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    complain(USAGE);
  process.exit(1);
}
