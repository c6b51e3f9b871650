import type {
  ImportProblem,
  ImportRow,
  ProxyDetails,
  ProxyProtocol,
  ProxyView,
} from '../../contract/proxies.ts';
import type { RawRow } from './lists/row.ts';
import { MAX_LINE } from './lists/line.ts';
import type { Reading, Said } from './lists/said.ts';
import type { ProxySecrets } from './proxy-secrets.ts';
import type { ProxyRow } from './queries.ts';
import type { FindStores } from './store-names.ts';

/** What the desk has, for the verdicts on one list. */
export interface VerdictNeeds {
  readonly find: (host: string, port: number, username: string) => ProxyRow | undefined;
  readonly secrets: Pick<ProxySecrets, 'read'>;
  readonly findStores: FindStores;
  /** Of new proxies whose rows name none. */
  readonly protocol: ProxyProtocol;
  readonly now: number;
  /** The proxies that rows before this one said, by `keyOf`. Rows are added. */
  readonly seen: Set<string>;
}

/** What makes two proxies the same one. */
export const keyOf = ({ host, port, username }: Pick<ProxyView, 'host' | 'port' | 'username'>): string =>
  `${host} ${port} ${username}`;

/** What becomes of a row as it was read. */
export function judge(raw: RawRow, reading: Reading, needs: VerdictNeeds): ImportRow {
  if (reading.kind === 'wrong') return wrongRow(raw, reading.problem);
  const storeIds = needs.findStores(reading.stores);
  if (storeIds === null) return wrongRow(raw, 'unknown-store');
  const alive = reading.said.filter(
    ({ expiresAt }) => typeof expiresAt !== 'number' || expiresAt > needs.now,
  );
  const [first] = alive;
  if (first === undefined) return wrongRow(raw, 'expired');
  if (!reading.isSure) {
    const readings = alive.map((said) =>
      detailsOf(said, needs.find(said.host, said.port, said.username), needs),
    );
    return { ...rowOf(raw), verdict: 'ambiguous', readings, storeIds };
  }
  const key = keyOf(first);
  if (needs.seen.has(key)) return wrongRow(raw, 'twice-in-list');
  needs.seen.add(key);
  return { ...rowOf(raw), ...judgeSure(first, needs), storeIds };
}

function judgeSure(
  said: Said,
  needs: VerdictNeeds,
): Pick<ImportRow, 'verdict' | 'details' | 'proxyId' | 'changes'> {
  const known = needs.find(said.host, said.port, said.username);
  const details = detailsOf(said, known, needs);
  if (known === undefined) return { verdict: 'new', details, proxyId: null, changes: [] };
  const changes = [
    ...compared.filter((name) => details[name] !== known[name]),
    ...changedSecrets(said, known, needs),
  ];
  return { verdict: changes.length === 0 ? 'duplicate' : 'changed', details, proxyId: known.id, changes };
}

const compared = ['protocol', 'name', 'provider', 'tag', 'note', 'country', 'expiresAt'] as const;

function changedSecrets(said: Said, known: ProxyRow, { secrets }: VerdictNeeds): ('password' | 'rotation')[] {
  return (['password', 'rotation'] as const).filter(
    (which) => said[which] !== '' && said[which] !== secrets.read(known.id, which),
  );
}

/** What a row does not say stays as it is. */
function detailsOf(said: Said, known: ProxyRow | undefined, { protocol }: VerdictNeeds): ProxyDetails {
  const { host, port, username, password, rotation } = said;
  return {
    protocol: said.protocol ?? known?.protocol ?? protocol,
    host,
    port,
    username,
    password,
    rotation,
    name: said.name || (known?.name ?? ''),
    provider: said.provider || (known?.provider ?? ''),
    tag: said.tag || (known?.tag ?? ''),
    note: said.note || (known?.note ?? ''),
    country: said.country ?? known?.country ?? null,
    expiresAt: said.expiresAt === undefined ? (known?.expiresAt ?? null) : said.expiresAt,
  };
}

function wrongRow(raw: RawRow, problem: ImportProblem): ImportRow {
  return { ...rowOf(raw), verdict: 'wrong', problem };
}

function rowOf({ row, source }: RawRow): Omit<ImportRow, 'verdict'> {
  return {
    row,
    source: source.length > MAX_LINE ? source.slice(0, MAX_LINE).toWellFormed() : source,
    details: null,
    problem: null,
    readings: [],
    proxyId: null,
    changes: [],
    storeIds: [],
  };
}
