import { setImmediate } from 'node:timers/promises';
import { csvRecord } from '../../../base/csv.ts';
import { readHeader, type Column } from './columns.ts';
import { decodeText } from './decode.ts';
import { readJsonList } from './json-list.ts';
import { isSilent } from './line.ts';
import { listError } from './list-error.ts';
import { jsonRow, rowOfText, tableRow, type RawRow } from './row.ts';
import { isZip, readXlsx } from './xlsx/read-xlsx.ts';

/** A list, taken apart into rows; none of them has been understood yet. */
export interface OpenList {
  /** Meanings of the columns of a table, '' for those of none; []: the list is of lines or of objects. */
  readonly columns: readonly (Column | '')[];
  readonly rows: readonly RawRow[];
}

/** What a list is read from: what was pasted, or a file's bytes. */
export type ListSource = string | Uint8Array;

/** Other work has its turn after so many rows. */
const ROWS_AT_ONCE = 2_000;
/** A header may stand below a title. */
const HEADER_WITHIN = 5;
const DELIMITERS = ['\t', ',', ';', '|'] as const;
type Columns = readonly (Column | '')[];

/** Throws `invalid` with reason `unreadable-file`, `too-many-rows` or `empty`. */
export async function openList(source: ListSource, maxRows: number): Promise<OpenList> {
  const list = await open(source, maxRows);
  if (list.rows.length > maxRows) throw listError('too-many-rows', `Over ${maxRows} rows`);
  if (list.rows.length === 0) throw listError('empty', 'The list has no rows');
  return list;
}

async function open(source: ListSource, maxRows: number): Promise<OpenList> {
  if (typeof source !== 'string' && isZip(source)) return openXlsx(source, maxRows);
  const text = typeof source === 'string' ? source : decodeText(source);
  if (text === null) throw listError('unreadable-file', 'The file is no text');
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const json = readJsonList(plain);
  if (json !== null) return openJson(json, maxRows);
  const table = findTable(plain);
  return table === null ? openLines(plain, maxRows) : openTable(plain, table, maxRows);
}

async function openJson(values: readonly unknown[], maxRows: number): Promise<OpenList> {
  const rows: RawRow[] = [];
  for (const value of values) {
    rows.push(jsonRow(rows.length + 1, value));
    if (rows.length > maxRows) break;
    if (rows.length % ROWS_AT_ONCE === 0) await setImmediate();
  }
  return { columns: [], rows };
}

async function openLines(text: string, maxRows: number): Promise<OpenList> {
  const rows: RawRow[] = [];
  let row = 0;
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    row += 1;
    if (!isSilent(line) && !isLoneHeader(rows, line)) rows.push(rowOfText(row, line, []));
    if (rows.length > maxRows) break;
    if (row % ROWS_AT_ONCE === 0) await setImmediate();
  }
  return { columns: [], rows };
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** A single column has a header too. */
function isLoneHeader(before: readonly RawRow[], line: string): boolean {
  return before.length === 0 && line.length < 60 && readHeader([line.replace(/^"(.*)"$/, '$1')]) !== null;
}

interface Table {
  readonly delimiter: string;
  readonly columns: Columns;
  /** Where the header ends, and how many records there are up to there. */
  readonly end: number;
  readonly records: number;
}

/** Where a text has a header of more than one column: what parts its cells, and what they mean. */
function findTable(text: string): Table | null {
  for (const delimiter of DELIMITERS) {
    let looked = 0;
    for (let at = 0, records = 1; at < text.length && looked < HEADER_WITHIN; records += 1) {
      const { cells, end } = csvRecord(text, at, delimiter);
      at = end;
      if (cells.every((cell) => cell.trim() === '')) continue;
      looked += 1;
      const columns = cells.length > 1 ? readHeader(cells) : null;
      if (columns !== null) return { delimiter, columns, end, records };
      if (!isTitle(cells)) break;
    }
  }
  return null;
}

/** Rows above a header: words in one cell, and nothing like an address. */
function isTitle(cells: readonly string[]): boolean {
  const written = cells.filter((cell) => cell.trim() !== '');
  return written.length === 1 && !/\d[.:]\d|:\d|@/.test(written.join(''));
}

async function openTable(text: string, table: Table, maxRows: number): Promise<OpenList> {
  const { delimiter, columns } = table;
  const rows: RawRow[] = [];
  for (let at = table.end, row = table.records + 1; at < text.length; row += 1) {
    const { cells, end } = csvRecord(text, at, delimiter);
    at = end;
    if (cells.some((cell) => cell.trim() !== '')) rows.push(tableRow(row, cells, columns));
    if (rows.length > maxRows) break;
    if (row % ROWS_AT_ONCE === 0) await setImmediate();
  }
  return { columns, rows };
}

async function openXlsx(bytes: Uint8Array, maxRows: number): Promise<OpenList> {
  const sheet = await readXlsx(bytes, maxRows + HEADER_WITHIN);
  const header = findHeader(sheet.map(({ cells }) => cells));
  const rows: RawRow[] = [];
  for (const { row, cells } of sheet.slice(header === null ? 0 : header.index + 1)) {
    const written = cells.filter((cell) => cell.trim() !== '');
    if (header !== null && written.length > 0 && header.columns.length > 1)
      rows.push(tableRow(row, cells, header.columns));
    else {
      const line = cells
        .map((cell) => cell.replace(/[\t\r\n]+/g, ' '))
        .join('\t')
        .trim();
      if (!isSilent(line)) rows.push(rowOfText(row, line, []));
    }
    if (rows.length % ROWS_AT_ONCE === 0) await setImmediate();
  }
  return { columns: header !== null && header.columns.length > 1 ? header.columns : [], rows };
}

function findHeader(rows: readonly (readonly string[])[]): { index: number; columns: Columns } | null {
  for (const [index, cells] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = readHeader(cells);
    if (columns !== null) return { index, columns };
    if (!isTitle(cells)) return null;
  }
  return null;
}
