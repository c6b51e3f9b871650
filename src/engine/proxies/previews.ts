import { CodedError } from '../../base/errors.ts';
import type { ImportPart, ImportRow, ProxyProtocol } from '../../contract/proxies.ts';
import { MAX_IMPORT_ROWS } from '../../contract/proxies.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { createReadExpiry, type ReadExpiry } from './lists/expiry.ts';
import { openList, type ListSource } from './lists/open-list.ts';
import { readRow, rowOfText, type RawRow } from './lists/row.ts';
import type { ProxySecrets } from './proxy-secrets.ts';
import { prepareProxies, prepareUses } from './queries.ts';
import { createFindStores } from './store-names.ts';
import { judge, type VerdictNeeds } from './verdict.ts';

/** Rows of a part: some milliseconds of work, and less than a megabyte of answer. */
const ROWS_A_PART = 500;
/** A list is full of passwords: it is forgotten when nobody asks for the rest of it, in milliseconds. */
const FORGET_MS = 120_000;
const MAX_HELD = 4;

interface PreviewInput extends Pick<EngineParts, 'db' | 'clock' | 'randomBytes'> {
  readonly secrets: ProxySecrets;
}

/** A list of which a page has not asked for all rows yet. */
interface HeldList {
  readonly rows: readonly RawRow[];
  readonly readExpiry: ReadExpiry;
  readonly needs: VerdictNeeds;
  /** The part answered last: a page that lost it asks again. */
  last: { readonly from: number; readonly part: ImportPart } | null;
  cancel: () => void;
}

type Previews = Feature<'proxies.preview' | 'proxies.previewRest' | 'proxies.previewRow'>;

/** Says what would become of the rows of a list. Nothing of it is written or logged. */
export function createPreviews({ db, clock, randomBytes, secrets }: PreviewInput): Previews {
  const proxies = prepareProxies(db);
  const uses = prepareUses(db);
  const held = new Map<string, HeldList>();

  const needsFor = (protocol: ProxyProtocol): VerdictNeeds => ({
    find: (host, port, username) => proxies.find.get(host, port, username),
    secrets,
    findStores: createFindStores(uses.storeNames.all()),
    protocol,
    now: clock.now(),
    seen: new Set(),
  });
  const forget = (id: string): void => {
    held.get(id)?.cancel();
    held.delete(id);
  };
  const keep = (id: string, list: HeldList): void => {
    list.cancel();
    list.cancel = clock.after(FORGET_MS, () => forget(id));
    held.delete(id);
    held.set(id, list);
    const [oldest] = held.keys();
    if (held.size > MAX_HELD && oldest !== undefined) forget(oldest);
  };
  const partFrom = (id: string, list: HeldList, from: number): ImportPart => {
    if (list.last?.from === from) return list.last.part;
    const next = from + ROWS_A_PART;
    const rows = list.rows.slice(from, next).map((raw) => judgeRow(raw, list));
    const total = list.rows.length;
    const part = { rows, total, rest: next < total ? `${id}-${next}` : null };
    list.last = { from, part };
    keep(id, list);
    return part;
  };

  return {
    handlers: {
      'proxies.preview': async ({ source, protocol, zone }) => {
        const readExpiry = createReadExpiry(zone);
        const { rows, columns } = await openList(sourceOf(source), MAX_IMPORT_ROWS);
        const id = Buffer.from(randomBytes(8)).toString('hex');
        const list: HeldList = { rows, readExpiry, needs: needsFor(protocol), last: null, cancel: () => {} };
        const part = partFrom(id, list, 0);
        if (part.rest === null) forget(id);
        return { ...part, columns };
      },
      'proxies.previewRest': ({ rest }) => {
        const [, id = '', from = ''] = /^([0-9a-f]{16})-(\d+)$/.exec(rest) ?? [];
        const list = held.get(id);
        const at = Number(from);
        // Rows are counted against those before them, so parts come one behind the other.
        const isNext = list !== undefined && (list.last?.from === at || list.last?.from === at - ROWS_A_PART);
        if (!isNext) throw new CodedError('not-found', 'The list was forgotten', { reason: 'forgotten' });
        return partFrom(id, list, at);
      },
      'proxies.previewRow': ({ row, text, columns, protocol, zone }) => {
        const list = { readExpiry: createReadExpiry(zone), needs: needsFor(protocol) };
        return judgeRow(rowOfText(row, text, columns), list);
      },
    },
    stop: () => {
      for (const id of held.keys()) forget(id);
      return Promise.resolve();
    },
  };
}

function judgeRow(raw: RawRow, { readExpiry, needs }: Pick<HeldList, 'readExpiry' | 'needs'>): ImportRow {
  return judge(raw, readRow(raw, readExpiry), needs);
}

type Source = Parameters<Previews['handlers']['proxies.preview']>[0]['source'];

function sourceOf(source: Source): ListSource {
  return source.kind === 'text' ? source.text : Buffer.from(source.base64, 'base64');
}
