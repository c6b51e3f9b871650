import { hostname } from 'node:os';
import type { EngineOptions } from '../wire/host-link.ts';
import type { KeyFile } from './key-file.ts';

/**
 * This machine and this user of it. The id is derived from the key file, which is made once and lies outside DATA: a
 * copy of the data opened elsewhere meets another one.
 */
export async function machineOf(keyFile: Pick<KeyFile, 'derive'>): Promise<EngineOptions['machine']> {
  return { id: Buffer.from(await keyFile.derive('machine')).toString('hex'), name: hostname() };
}
