import { create } from 'zustand';
import type { ErrorShape } from '../../../base/errors.ts';
import type { Result } from '../../../base/result.ts';
import type { CallOutput } from '../../../contract/index.ts';
import type { ImportPart, ImportRow, ImportVerdict, ProxyProtocol } from '../../../contract/proxies.ts';
import { client } from '../../client.ts';
import { useProxies } from '../proxies-store.ts';
import { useStores } from '../../stores/stores-store.ts';
import { hereZone } from '../zones.ts';
import { carryOver, decided, itemsOf, judge, withStores, type ImportItem } from './import-model.ts';
import type { HeldList } from './read-list.ts';

/** Reading 20,000 lines, or saving them, takes a busy computer a while. In milliseconds. */
const PATIENCE_MS = 55_000;

interface ImportState {
  /** What is typed or pasted. */
  readonly text: string;
  /** A file, or a paste too long for a field; it stands in the place of the text. */
  readonly held: HeldList | null;
  readonly protocol: ProxyProtocol;
  readonly zone: string;
  readonly phase: 'writing' | 'reading' | 'read' | 'saving' | 'saved';
  readonly items: readonly ImportItem[];
  /** What the columns of a table mean; none in a list of lines. */
  readonly columns: readonly string[];
  /** How far a long list is read. */
  readonly progress: { readonly read: number; readonly total: number } | null;
  /** What is typed over rows that are being corrected, by their numbers. */
  readonly typed: ReadonlyMap<number, string>;
  /** What went wrong, and at what; what was typed and decided stays. */
  readonly failed: { readonly at: 'open' | 'read' | 'save'; readonly error: ErrorShape } | null;
  readonly tab: ImportVerdict | 'all';
  readonly showPasswords: boolean;
  readonly outcome: CallOutput<'proxies.import'> | null;
}

const atStart = (): ImportState => ({
  text: '',
  held: null,
  protocol: 'http',
  zone: hereZone(),
  phase: 'writing',
  items: [],
  columns: [],
  progress: null,
  typed: new Map(),
  failed: null,
  tab: 'all',
  showPasswords: false,
  outcome: null,
});

/** The import window as it stands; it outlives trips to other views. */
export const useImport = create<ImportState>(atStart);
const set = useImport.setState;
const get = useImport.getState;

/** Counts what was asked for: an answer to an earlier question says nothing any more. */
let turn = 0;

/** Everything is forgotten: another data folder is open, or a new list begins. */
export function clearImport(): void {
  turn += 1;
  set({ ...atStart(), protocol: get().protocol, zone: get().zone });
}

/** Keeps what is typed. What was decided about rows that stay as they are is found again when it is read. */
export function writeText(text: string): void {
  turn += 1;
  set({ text, phase: 'writing', failed: null, outcome: null });
}

/** Takes a list as a whole, and reads it. */
export function holdList(held: HeldList): void {
  set({ held, items: [], typed: new Map() });
  void previewList();
}

/** Goes back from the preview to what was typed. */
export function editList(): void {
  turn += 1;
  set({ phase: 'writing', failed: null });
}

/** Says why a file could not be opened. */
export function refuseFile(error: ErrorShape): void {
  set({ failed: { at: 'open', error } });
}

/** Lets go of the file; what was typed before is there again. */
export function dropList(): void {
  turn += 1;
  set({ held: null, items: [], typed: new Map(), phase: 'writing', failed: null });
}

/** Reads the list another way; a preview that is shown is made anew. */
export function readAs(change: Partial<Pick<ImportState, 'protocol' | 'zone'>>): void {
  const wasRead = get().phase === 'read' || get().phase === 'reading';
  set(change);
  if (wasRead) void previewList();
}

interface ReadList {
  readonly rows: readonly ImportRow[];
  readonly columns: readonly string[];
}

/** Reads a list part by part, as long as `isWanted`; null once it is not. */
async function readList(isWanted: () => boolean): Promise<Result<ReadList> | null> {
  const { text, held, protocol, zone } = get();
  const source = held?.source ?? ({ kind: 'text', text } as const);
  const first = await client.call('proxies.preview', { source, protocol, zone }, { timeoutMs: PATIENCE_MS });
  if (!first.ok) return isWanted() ? first : null;
  const { columns, total } = first.value;
  const rows = [...first.value.rows];
  let { rest } = first.value;
  while (rest !== null) {
    if (!isWanted()) return null;
    set({ progress: { read: rows.length, total } });
    const part: Result<ImportPart> = await client.call('proxies.previewRest', { rest });
    if (!part.ok) return isWanted() ? part : null;
    rows.push(...part.value.rows);
    rest = part.value.rest;
  }
  return isWanted() ? { ok: true, value: { rows, columns } } : null;
}

/** Asks what would become of each row. What was decided about rows that are still the same stays. */
export async function previewList(): Promise<void> {
  const { text, held, items } = get();
  if (held === null && text.trim() === '') return;
  const mine = (turn += 1);
  set({ phase: 'reading', progress: null, failed: null, outcome: null });
  const list = await readList(() => mine === turn);
  if (list === null) return;
  if (!list.ok) {
    set({ phase: 'writing', failed: { at: 'read', error: list.error } });
    return;
  }
  const next = carryOver(items, itemsOf(list.value.rows));
  const sources = new Map(next.map(({ row, source }) => [row.row, source]));
  const kept = items.filter(({ row, source }) => sources.get(row.row) === source);
  const typed = new Map(
    kept.flatMap(({ row: { row } }) => {
      const text = get().typed.get(row);
      return text === undefined ? [] : [[row, text] as const];
    }),
  );
  set({ phase: 'read', items: next, columns: list.value.columns, typed, tab: 'all' });
  for (const { row, corrected } of next) if (corrected !== null) void correctRow(row.row, corrected);
}

const changeRow = (row: number, change: Partial<ImportItem>): void =>
  set(({ items }) => ({
    items: items.map((item) => (item.row.row === row ? { ...item, ...change } : item)),
  }));

/** Reads a row as the person corrected it. Answers why it could not be read, or null. */
export async function correctRow(row: number, text: string): Promise<ErrorShape | null> {
  const { columns, protocol, zone } = get();
  const asked = turn;
  const input = { row, text, columns: [...columns], protocol, zone };
  const answer = await client.call('proxies.previewRow', input);
  if (asked !== turn) return null;
  if (!answer.ok) return answer.error;
  changeRow(row, { row: answer.value, corrected: text, picked: null });
  typeOver(row, null);
  return null;
}

/** Keeps what is typed over a row, which may be scrolled out of sight; null: nothing any more. */
export function typeOver(row: number, text: string | null): void {
  set(({ typed }) => {
    const next = new Map(typed);
    if (text === null) next.delete(row);
    else next.set(row, text);
    return { typed: next };
  });
}

/** Says which reading of an ambiguous row it is. */
export function pickReading(row: number, picked: number | null): void {
  changeRow(row, { picked });
}

/** Leaves a row out, or takes it in again. */
export function leaveOut(row: number, leftOut: boolean): void {
  changeRow(row, { leftOut });
}

/** Gives stores to rows, by their numbers. */
export function giveStores(given: ReadonlyMap<number, readonly number[]>): void {
  set(({ items }) => ({ items: withStores(items, given, useStores.getState().byId) }));
}

/** Saves what was decided, all or nothing. */
export async function saveImport(): Promise<void> {
  const rows = decided(judge(get().items, useProxies.getState().proxies));
  if (rows.length === 0 || get().phase === 'saving') return;
  set({ phase: 'saving', failed: null });
  const answer = await client.call('proxies.import', { rows }, { timeoutMs: PATIENCE_MS });
  turn += 1;
  if (answer.ok)
    set({ ...atStart(), protocol: get().protocol, zone: get().zone, phase: 'saved', outcome: answer.value });
  else set({ phase: 'read', failed: { at: 'save', error: answer.error } });
}
