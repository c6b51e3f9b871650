import { columnOf, type Column } from './columns.ts';
import type { Fields } from './table.ts';

/** Objects inside of objects that are looked through for a list, or for what a proxy is. */
const MAX_DEPTH = 4;

/** The rows of a list in JSON: objects or lines. Null when it is no JSON, or holds no list. */
export function readJsonList(text: string): readonly unknown[] | null {
  const start = /^\s*[[{]/.test(text);
  const value = start ? parse(text) : undefined;
  return value === undefined ? null : findList(value, 0);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // One object a line is kept too.
    return undefined;
  }
}

function findList(value: unknown, depth: number): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || depth > MAX_DEPTH) return null;
  if (hasPlace(fieldsOfJson(value))) return [value];
  for (const inner of Object.values(value)) {
    const list = findList(inner, depth + 1);
    if (list !== null) return list;
  }
  return null;
}

/**
 * What an object says, by the names of its members: AdsPower's (`proxy_soft`, `proxy_type`, `proxy_host`, …, alone or in
 * `user_proxy_config`), FoxyProxy's, and whatever a header of a table may be called.
 */
export function fieldsOfJson(value: unknown): Fields {
  const fields: Partial<Record<Column, string>> = {};
  collect(value, fields, 0);
  // AdsPower says here where a proxy comes from; these two are no provider.
  if (fields.provider === 'other' || fields.provider === 'no_proxy') delete fields.provider;
  return fields;
}

function collect(value: unknown, fields: Partial<Record<Column, string>>, depth: number): void {
  if (!isRecord(value) || depth > MAX_DEPTH) return;
  for (const [name, member] of Object.entries(value)) {
    const column = columnOf(name);
    const text = textOf(member);
    if (column !== null && text !== '') fields[column] ??= text;
    if (text === '' && isRecord(member)) collect(member, fields, depth + 1);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isPlainList ? value.join(', ') : '';
}

export function hasPlace(fields: Fields): boolean {
  return fields.host !== undefined || fields.proxy !== undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
