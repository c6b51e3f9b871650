import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  /** Tried first at the next start, so that the page keeps its origin and what it stored there. */
  port: z.number().int().min(1).max(65_535),
  /** Lets another start on the same data ask this host for an address; null when no host runs. */
  secret: z.string().min(20).nullable(),
});

/** What `DATA/host.json` says. */
export type HostRecord = z.infer<typeof schema>;

const pathIn = (root: string): string => join(root, 'host.json');

/** Reads the record; null when there is none or it can't be read. */
export async function readHostFile(root: string): Promise<HostRecord | null> {
  try {
    return schema.parse(JSON.parse(await readFile(pathIn(root), 'utf8')));
  } catch {
    return null;
  }
}

/** Writes the record, readable by its owner alone; whole or not at all. */
export async function writeHostFile(root: string, record: HostRecord): Promise<void> {
  const path = pathIn(root);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
