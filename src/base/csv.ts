/** What spreadsheets take for a formula; tab and line breaks can carry one over to another cell. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** One record, quoted where it must be; without a line end. */
function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

/**
 * A table as CSV that spreadsheets open in any script, and in which they run nothing: what looks like a formula gets an
 * apostrophe in front.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const guarded = rows.map((row) => csvLine(row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))));
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${guarded.map((line) => `${line}\r\n`).join('')}`;
}
