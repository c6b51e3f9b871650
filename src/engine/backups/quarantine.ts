import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PutAside } from '../../contract/backups.ts';

/** What was put aside and how much room it takes; null when there is nothing. Counterdesk never deletes any of it. */
export function lookAside(folder: string): PutAside | null {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => statSync(join(folder, name))).filter((file) => file.isFile());
    return files.length === 0 ? null : { folder, bytes: files.reduce((sum, { size }) => sum + size, 0) };
  } catch {
    // There is none, or a person is clearing it away right now.
    return null;
  }
}
