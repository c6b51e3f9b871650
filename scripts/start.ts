import { parseArgs } from 'node:util';
import { hasDisplay } from '../src/hosting/display.ts';
import { buildIfChanged } from './lib/build.ts';
import { obtainElectron } from './lib/electron-binary.ts';
import { fail, ROOT, say } from './lib/project.ts';
import { runCommand } from './lib/run-command.ts';

const USAGE = `npm start [-- FLAGS]
  --sandbox     with the practice stores already connected
  --no-window   serve only, and print the address
  --port N      serve on this port of 127.0.0.1
  --data DIR    keep everything in this folder`;

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        sandbox: { type: 'boolean' },
        'no-window': { type: 'boolean' },
        port: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/** Electron, unless serving was asked for or there is nothing to show a window on. */
async function chooseElectron(flags: ReturnType<typeof readFlags>): Promise<string | undefined> {
  if (flags['no-window'] === true || flags.port !== undefined) return undefined;
  if (!hasDisplay()) {
    say('No display here: serving the page instead of opening a window.');
    return undefined;
  }
  const electron = await obtainElectron();
  if (electron === undefined)
    say('Electron could not be fetched: opening Counterdesk in your browser instead.');
  return electron;
}

const args = process.argv.slice(2);
const flags = readFlags(args);
if (flags.help === true) {
  say(USAGE);
} else {
  await buildIfChanged().catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
  const electron = await chooseElectron(flags);
  // Chromium's own sandbox can't be set up by root on Linux.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  process.exitCode =
    electron === undefined
      ? await runCommand(process.execPath, ['out/main/webhost.js', ...args])
      : await runCommand(electron, [ROOT, ...asRoot, ...args]);
}
