import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'counterdesk-folder-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('makes the folder, also a second time', async () => {
  const folder = join(home, 'a', 'b');
  await openDataFolder(folder);
  await openDataFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

it('says in a sentence that a file is in its place or in its way', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  await expect(openDataFolder(file)).rejects.toThrow(
    `Counterdesk can't keep its data in ${file}: a file is in its place. Name another folder with --data DIR.`,
  );
  await expect(openDataFolder(join(file, 'below'))).rejects.toThrow('a file is in its way');
});

it.skipIf(!existsSync('/proc/self'))(
  'says so at once where no folder can be made, though the one above is there',
  async () => {
    await expect(openDataFolder('/proc/x/y')).rejects.toThrow(
      "Counterdesk can't keep its data in /proc/x/y: no folder can be made there.",
    );
  },
);
