import { hostname } from 'node:os';
import type { EngineOptions } from '../wire/host-link.ts';
import { computerId } from './computer-id.ts';
import type { KeyFile } from './key-file.ts';

/**
 * This machine and this user of it. The id is derived from the key file, which is made once and lies outside DATA: a
 * copy of the data opened elsewhere meets another one. Where the whole of a person's folder was copied, key file
 * included, the computer is another.
 */
export async function machineOf(
  keyFile: Pick<KeyFile, 'derive'>,
  computer = computerId,
): Promise<EngineOptions['machine']> {
  const derived = async (purpose: string): Promise<string> =>
    Buffer.from(await keyFile.derive(purpose)).toString('hex');
  const id = await computer();
  return {
    id: await derived('machine'),
    name: hostname(),
    computer: id === null ? null : await derived(`computer ${id}`),
  };
}
