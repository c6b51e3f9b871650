import { csvLine, csvRecord } from '../../../base/csv.ts';
import { isColumn, type Column } from './columns.ts';
import type { ReadExpiry } from './expiry.ts';
import { fieldsOfJson, hasPlace } from './json-list.ts';
import { MAX_LINE, readLine } from './line.ts';
import { wrong, type Reading } from './said.ts';
import { fieldsOf, readFields, type Fields } from './table.ts';

/** A row as it stands in its list. */
export interface RawRow {
  /** Counts from 1, as the person sees it. */
  readonly row: number;
  readonly source: string;
  /** Null: a line. */
  readonly fields: Fields | null;
}

/** What a row means. Never throws. */
export function readRow({ source, fields }: RawRow, readExpiry: ReadExpiry): Reading {
  if (source.length > MAX_LINE) return wrong('too-long');
  return fields === null ? readLine(source, readExpiry) : readFields(fields, readExpiry);
}

/** A row of a table, its source as CSV whatever the file is, so that it can be corrected and read again. */
export function tableRow(row: number, cells: readonly string[], columns: readonly (Column | '')[]): RawRow {
  return { row, source: csvLine(cells), fields: fieldsOf(cells, columns) };
}

/** An object or a line of a list in JSON. */
export function jsonRow(row: number, value: unknown): RawRow {
  if (typeof value === 'string') return { row, source: value, fields: null };
  return { row, source: JSON.stringify(value), fields: fieldsOfJson(value) };
}

/** A row a person wrote, in a list of such columns ([]: of lines). */
export function rowOfText(row: number, text: string, columns: readonly string[]): RawRow {
  if (columns.length > 0) {
    const known = columns.map((column) => (isColumn(column) ? column : ''));
    return { row, source: text, fields: fieldsOf(csvRecord(text, 0, ',').cells, known) };
  }
  const fields = /^\s*\{/.test(text) ? jsonFields(text) : null;
  return { row, source: text, fields };
}

function jsonFields(text: string): Fields | null {
  try {
    const fields = fieldsOfJson(JSON.parse(text));
    return hasPlace(fields) ? fields : null;
  } catch {
    return null;
  }
}
