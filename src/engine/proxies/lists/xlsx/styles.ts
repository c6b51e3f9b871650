import type { XlsxPackage } from './package.ts';
import { readXml } from './xml.ts';

/** Formats that every workbook knows without naming them, and that show dates: the usual, East Asian and Thai ones. */
const usualDates = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
] as const;

/** Which styles show a number as a date, by the index that cells name. */
export async function readDateStyles(source: XlsxPackage): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  const part = 'xl/styles.xml';
  if (!source.has(part)) return dates;
  const ownFormats = new Map<number, string>();
  let areCells = false;
  let index = 0;
  await readXml(source, part, {
    open: (name, attribute) => {
      if (name === 'cellXfs') areCells = true;
      if (name === 'numFmt') ownFormats.set(Number(attribute('numFmtId')), attribute('formatCode'));
      if (name !== 'xf' || !areCells) return;
      const format = Number(attribute('numFmtId'));
      if (showsDate(format, ownFormats.get(format))) dates.add(index);
      index += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') areCells = false;
    },
  });
  return dates;
}

function showsDate(format: number, code: string | undefined): boolean {
  if (code === undefined) return usualDates.some(([from, to]) => format >= from && format <= to);
  // Texts in quotes, colours and conditions in brackets, and single characters behind a backslash are no places.
  const places = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '');
  return /[ymdhs]/i.test(places) && !/^general$/i.test(places);
}
