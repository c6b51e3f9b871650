import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 5_000;

/** How the id is asked for; tests give their own. */
export interface ComputerSource {
  readonly platform: NodeJS.Platform;
  readFile(path: string): Promise<string>;
  run(command: string, args: readonly string[]): Promise<string>;
}

const thisComputer: ComputerSource = {
  platform: process.platform,
  readFile: (path) => readFile(path, 'utf8'),
  run: async (command, args) =>
    (await run(command, [...args], { timeout: TIMEOUT_MS, windowsHide: true })).stdout,
};

/**
 * What the operating system calls this computer; null where it has no name for it, or does not say. A folder of the
 * person's that was moved to another computer with all that is in it does not bring it along.
 */
export async function computerId(source: ComputerSource = thisComputer): Promise<string | null> {
  try {
    const found = await ask(source);
    return found === undefined ? null : found.toLowerCase();
  } catch {
    return null;
  }
}

async function ask({ platform, readFile: read, run: execute }: ComputerSource): Promise<string | undefined> {
  if (platform === 'win32') {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    const said = await execute('reg', ['query', key, '/v', 'MachineGuid']);
    return /MachineGuid\s+REG_SZ\s+([\w-]+)/.exec(said)?.[1];
  }
  if (platform === 'darwin') {
    const said = await execute('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID" = "([\w-]+)"/.exec(said)?.[1];
  }
  // Empty, or a word, until the system was set up.
  return /^[0-9a-f]{32}$/.exec((await read('/etc/machine-id')).trim())?.[0];
}
