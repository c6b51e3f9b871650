import { openPackage } from './package.ts';
import { readSheet, type SheetRow } from './sheet.ts';
import { readStrings } from './strings.ts';
import { readDateStyles } from './styles.ts';
import { readWorkbook } from './workbook.ts';

/**
 * The rows of the first sheet that has any. Unpacked and read in pieces: the engine goes on in between, and a file that
 * would grow beyond all bounds ends with `unreadable-file`, one of too many rows with `too-many-rows`.
 */
export async function readXlsx(bytes: Uint8Array, maxRows: number): Promise<SheetRow[]> {
  const source = await openPackage(bytes);
  const { sheets, isFrom1904 } = await readWorkbook(source);
  const needs = {
    strings: await readStrings(source),
    dateStyles: await readDateStyles(source),
    isFrom1904,
    maxRows,
  };
  for (const sheet of sheets) {
    const rows = await readSheet(source, sheet, needs);
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Whether a file is a zip, as workbooks are. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}
