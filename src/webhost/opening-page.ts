import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../base/time.ts';

/** Leads a browser to an address without naming it in the browser's arguments, which every user of the machine can read. */
export interface OpeningPages {
  /** Answers the `file:` address of a page, for this person alone, that goes on to `address` at once. */
  write(address: string): string;
  /** The token of an address was used: its page is of no use any more. */
  used(token: string): void;
  /** Removes all of them. */
  clear(): void;
}

/** As long as an address's token works at most. In milliseconds. */
const KEEP_MS = 15 * 60_000;
/** Browsers remember a window's place by its first address: so the same name again, unless that is still in use. */
const NAMES = ['open.html', 'open-2.html', 'open-3.html', 'open-4.html'];

/** Writes them into `folder`, which is made if missing; what a killed host left there goes with the first one. */
export function createOpeningPages(folder: string, clock: Pick<Clock, 'after'>): OpeningPages {
  const waiting = new Map<string, { readonly address: string; readonly cancel: () => void }>();
  const pathOf = (name: string): string => join(folder, name);
  const remove = (name: string): void => {
    waiting.get(name)?.cancel();
    waiting.delete(name);
    rmSync(pathOf(name), { force: true });
  };
  let isClean = false;

  return {
    write(address) {
      if (!isClean) for (const name of NAMES) remove(name);
      isClean = true;
      const name = NAMES.find((one) => !waiting.has(one)) ?? NAMES[0] ?? '';
      remove(name);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(pathOf(name), pageTo(address), { mode: 0o600, flag: 'wx' });
      // Whatever the mask of new files is here.
      chmodSync(pathOf(name), 0o600);
      waiting.set(name, { address, cancel: clock.after(KEEP_MS, () => remove(name)) });
      return pathToFileURL(pathOf(name)).href;
    },
    used(token) {
      for (const [name, { address }] of waiting) if (address.endsWith(`#token=${token}`)) remove(name);
    },
    clear() {
      for (const name of waiting.keys()) remove(name);
    },
  };
}

function pageTo(address: string): string {
  const target = JSON.stringify(new URL(address).href).replaceAll('<', '\\u003c');
  return [
    '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Counterdesk</title>',
    `<script>location.replace(${target})</script>\n`,
  ].join('\n');
}
