import type { SystemInfo, systemContract } from '../../contract/system.ts';
import type { Host } from '../host.ts';
import type { Feature, StoreAccess } from '../parts.ts';

interface SystemInput {
  readonly info: Omit<SystemInfo, 'storeCount'>;
  readonly host: Host;
  readonly stores: StoreAccess;
}

/** What a page may ask of the engine itself. */
export function createSystem({ info, host, stores }: SystemInput): Feature<keyof typeof systemContract> {
  return {
    handlers: {
      'system.ping': () => null,
      'system.info': () => ({ ...info, storeCount: stores.list().length }),
      'system.switchSpace': ({ space }) => host.switchSpace({ space }),
    },
  };
}
