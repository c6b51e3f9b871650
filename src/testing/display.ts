import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { canInstall, installDebian } from '../../scripts/lib/debian.ts';
import { findBrowser } from '../hosting/find-browser.ts';

/** A screen without a monitor. */
export interface Display {
  /** Value of `DISPLAY`. */
  readonly name: string;
  stop(): Promise<void>;
}

const isThere = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** Starts a screen on which real windows open; null, said aloud, where this machine has none and may not get one. */
export async function startDisplay(): Promise<Display | null> {
  const isWhole = (): boolean => isThere('Xvfb') && findBrowser({ windowed: true }) !== undefined;
  if (!isWhole() && canInstall()) await installDebian(['xvfb', 'chromium']);
  if (!isWhole()) {
    process.stderr.write(
      'LEFT OUT, for this machine has no Xvfb or no browser with windows: stores’ windows.\n',
    );
    return null;
  }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return {
    name: `:${number.toString('utf8').trim()}`,
    stop: async () => {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
    },
  };
}
