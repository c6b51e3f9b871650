import { CodedError } from '../../base/errors.ts';
import type { Host } from '../host.ts';

/** Opens a page in the person's own browser. Error: `unreachable`, reason `no-opener`. */
export async function openExternal(host: Pick<Host, 'openExternal'>, url: string): Promise<null> {
  try {
    return await host.openExternal({ url });
  } catch (error) {
    throw new CodedError('unreachable', 'The page could not be opened', { reason: 'no-opener' }, error);
  }
}
