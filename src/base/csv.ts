/** A longer cell is no cell: an opening quote was only a character. */
const MAX_CELL = 100_000;

/** What spreadsheets take for a formula; tab and line breaks can carry one over to another cell. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/u;

/** One record of a CSV text, and where the next begins. */
export interface CsvRecord {
  readonly cells: string[];
  readonly end: number;
}

/**
 * Reads the record that begins at `start`. Cells may be quoted, with `""` for a quote, and then hold anything. A quote
 * that is never closed, or closed in the middle of a cell, is a character like any other: nothing is swallowed.
 */
export function csvRecord(text: string, start: number, delimiter: string): CsvRecord {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell =
      (text[at] === '"' ? quotedCell(text, at, delimiter) : null) ?? plainCell(text, at, delimiter);
    cells.push(cell.value);
    at = cell.end;
    if (text[at] !== delimiter) break;
    at += 1;
  }
  if (text[at] === '\r') at += 1;
  if (text[at] === '\n') at += 1;
  return { cells, end: at };
}

interface Cell {
  readonly value: string;
  readonly end: number;
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && !endsCell(text[end], delimiter)) end += 1;
  return { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number, delimiter: string): Cell | null {
  const limit = Math.min(text.length, start + MAX_CELL);
  let value = '';
  let from = start + 1;
  for (let at = from; at < limit; at += 1) {
    if (text[at] !== '"') continue;
    value += text.slice(from, at);
    if (text[at + 1] === '"') {
      at += 1;
      from = at;
      continue;
    }
    return at + 1 === text.length || endsCell(text[at + 1], delimiter) ? { value, end: at + 1 } : null;
  }
  return null;
}

function endsCell(character: string | undefined, delimiter: string): boolean {
  return character === delimiter || character === '\n' || character === '\r';
}

/** One record, quoted where it must be; without a line end. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

/**
 * A table as CSV that spreadsheets open in any script, and in which they run nothing: what looks like a formula gets an
 * apostrophe in front, which `unguarded` takes away again.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const guarded = rows.map((row) => csvLine(row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))));
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${guarded.map((line) => `${line}\r\n`).join('')}`;
}

/** A cell as it was before `csvOf` guarded it. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
