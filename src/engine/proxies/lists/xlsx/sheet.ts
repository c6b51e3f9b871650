import { listError } from '../list-error.ts';
import { excelDay } from '../written-date.ts';
import type { XlsxPackage } from './package.ts';
import { createTextReader } from './strings.ts';
import { readXml } from './xml.ts';

/** A row with something in it, and its number as the person sees it. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface SheetNeeds {
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly isFrom1904: boolean;
  readonly maxRows: number;
}

/** Columns beyond are no part of any list of proxies. */
const MAX_COLUMNS = 200;
/** Days from 1900's beginning to 1904's. */
const DAYS_TO_1904 = 1462;

/** Reads the cells of a sheet as texts; a formula is what it came to. Throws `too-many-rows`. */
export async function readSheet(source: XlsxPackage, part: string, needs: SheetNeeds): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const texts = createTextReader();
  let row = 0;
  let cells: string[] = [];
  let column = -1;
  let type = '';
  let style = -1;
  let value = '';
  let isValue = false;

  await readXml(source, part, {
    open: (name, attribute) => {
      if (name === 'row') {
        row = Number(attribute('r')) || row + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnIndex(attribute('r')) ?? column + 1;
        type = attribute('t');
        style = Number(attribute('s') || '0');
        value = '';
        texts.begin();
      } else if (name === 'v') isValue = true;
      else if (type === 'inlineStr') texts.open(name);
    },
    text: (text) => {
      if (isValue) value += text;
      else if (type === 'inlineStr') texts.text(text);
    },
    close: (name) => {
      if (name === 'v') isValue = false;
      else if (name === 'c') {
        if (column < MAX_COLUMNS) cells[column] = cellText(value, type, style, needs, texts.take);
        type = '';
      } else if (name === 'row') {
        // A sheet leaves out the cells it has nothing in.
        const whole = Array.from(cells, (cell) => cell ?? '');
        if (whole.some((cell) => cell.trim() !== '')) rows.push({ row, cells: whole });
        if (rows.length > needs.maxRows) throw listError('too-many-rows', `Over ${needs.maxRows} rows`);
      } else if (type === 'inlineStr') texts.close(name);
    },
  });
  return rows;
}

function cellText(
  value: string,
  type: string,
  style: number,
  { strings, dateStyles, isFrom1904 }: SheetNeeds,
  inline: () => string,
): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'inlineStr') return inline();
  if (type === 'e') return '';
  if (type !== '' && type !== 'n') return value;
  if (!dateStyles.has(style)) return /[.e]/i.test(value) ? String(Number(value)) : value;
  const days = Number(value) + (isFrom1904 ? DAYS_TO_1904 : 0);
  return days >= 1 && days < 2_958_466 ? dateText(days) : value;
}

/** As a person would write it, for the reader of dates. */
function dateText(serial: number): string {
  const { days, time } = excelDay(serial);
  const [day] = days;
  const two = (part: number | undefined): string => String(part ?? 0).padStart(2, '0');
  const date = `${day?.year}-${two(day?.month)}-${two(day?.day)}`;
  return time === null ? date : `${date} ${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

/** `C5` is in column 2; null for what names none. */
function columnIndex(reference: string): number | null {
  let index = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return index === 0 ? null : index - 1;
}
