import type { Settings } from '../../../contract/settings.ts';
import type { Db } from '../../db/database.ts';

/**
 * Public services that need no key: the first tells the address with its country and city, the second has an IPv6 address
 * alone. Chosen by what they document; neither could be reached where this was written, so what is read of their answers
 * is tolerant, and both can be changed in the settings.
 */
const USUAL = 'https://ipwho.is/';
const USUAL_V6 = 'https://api6.ipify.org/?format=json';

/** Who is asked. */
export interface Lookups {
  readonly url: string;
  /** Null: nobody is asked by IPv6. */
  readonly v6: string | null;
  /** Whether a host (with port) is the environment's own, which may be on this computer. */
  readonly isOwn: (host: string) => boolean;
}

/** Who is asked now: whom the settings name, else whom the environment does, else the usual services. */
export function createLookups(
  db: Db,
  settings: { read(): Pick<Settings, 'ipLookupUrl' | 'ipLookupV6Url'> },
): () => Lookups {
  const named = db
    .prepare<[], string>('SELECT lookup FROM environments WHERE lookup IS NOT NULL ORDER BY id LIMIT 1')
    .pluck();
  return () => {
    const own = named.get();
    const { ipLookupUrl: set, ipLookupV6Url: v6 } = settings.read();
    const usualV6 = set === '' && own === undefined ? USUAL_V6 : null;
    return {
      url: set === '' ? (own ?? USUAL) : set,
      v6: v6 === '' ? usualV6 : v6,
      isOwn: (host) => own !== undefined && URL.parse(own)?.host === host,
    };
  };
}
