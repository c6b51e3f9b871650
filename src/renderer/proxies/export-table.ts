import type { ProxyView } from '../../contract/proxies.ts';
import { isoIn } from './zones.ts';

/** What is only written when a person asks for it. */
export interface Secret {
  readonly password: string;
  readonly rotation: string;
}

const columns = [
  'name',
  'protocol',
  'host',
  'port',
  'username',
  'password',
  'rotation',
  'country',
  'provider',
  'tag',
  'note',
  'expires',
  'stores',
  'egress',
  'latency',
  'state',
] as const;
type Column = (typeof columns)[number];
const secretColumns: readonly Column[] = ['password', 'rotation'];

/** The words of the table, in the language of the person. */
export interface ExportWords {
  readonly title: (column: Column) => string;
  readonly state: (proxy: ProxyView) => string;
  readonly store: (storeId: number) => string;
  /** Moments are written with the offset there. */
  readonly zone: string;
}

function cellOf(column: Column, proxy: ProxyView, secret: Secret | undefined, words: ExportWords): string {
  const { check } = proxy;
  switch (column) {
    case 'password':
    case 'rotation':
      return secret?.[column] ?? '';
    case 'port':
      return String(proxy.port);
    case 'country':
      return proxy.country ?? check?.country ?? '';
    case 'expires':
      return proxy.expiresAt === null ? '' : isoIn(proxy.expiresAt, words.zone);
    case 'stores':
      return proxy.storeIds.map(words.store).join(', ');
    case 'egress':
      return [check?.egressV4, check?.egressV6].filter((ip) => ip != null).join(' ');
    case 'latency':
      return check?.latencyMs == null ? '' : String(check.latencyMs);
    case 'state':
      return words.state(proxy);
    case 'name':
    case 'protocol':
    case 'host':
    case 'username':
    case 'provider':
    case 'tag':
    case 'note':
      return proxy[column];
  }
}

/** The proxies as a table with its heading. Without secrets it has no columns for them either. */
export function exportTable(
  proxies: readonly ProxyView[],
  secrets: ReadonlyMap<number, Secret> | null,
  words: ExportWords,
): string[][] {
  const written = columns.filter((column) => secrets !== null || !secretColumns.includes(column));
  return [
    written.map(words.title),
    ...proxies.map((proxy) => written.map((column) => cellOf(column, proxy, secrets?.get(proxy.id), words))),
  ];
}
