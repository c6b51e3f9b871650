import { spawnSync } from 'node:child_process';
import { canInstall, installDebian } from '../../scripts/lib/debian.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** A person at a screen: sees titles of windows, types and clicks, and knows nothing else of them. */
export class PersonAt {
  readonly #env: NodeJS.ProcessEnv;

  constructor(display: string) {
    this.#env = { ...process.env, DISPLAY: display };
  }

  /** Waits until there is a window whose title holds this. */
  async see(title: string): Promise<void> {
    await waitUntil(`a window "${title}" is there`, () => this.#windows(title).length > 0, 60_000);
  }

  async seeGone(title: string): Promise<void> {
    await waitUntil(`no window "${title}" is there`, () => this.#windows(title).length === 0, 60_000);
  }

  /** Types into the window of this title: texts as they are, and names of keys in `{}`. */
  async type(title: string, ...texts: readonly string[]): Promise<void> {
    await this.see(title);
    const [window = ''] = this.#windows(title);
    this.#do('windowraise', window);
    this.#do('windowfocus', '--sync', window);
    for (const text of texts) {
      const key = /^\{(.+)\}$/.exec(text)?.[1];
      if (key === undefined) this.#do('type', '--delay', '30', text);
      else this.#do('key', key);
    }
  }

  #windows(title: string): string[] {
    const pattern = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '.');
    return this.#do('search', '--onlyvisible', '--name', pattern).split('\n').filter(Boolean);
  }

  #do(...args: readonly string[]): string {
    return spawnSync('xdotool', args, { env: this.#env, encoding: 'utf8' }).stdout.trim();
  }
}

/** Whether this machine has what types for a person; Debian, as root, gets it. */
export async function canType(): Promise<boolean> {
  const isThere = (): boolean => spawnSync('sh', ['-c', 'command -v xdotool']).status === 0;
  if (!isThere() && canInstall()) await installDebian(['xdotool']);
  return isThere();
}
