import { listError } from '../list-error.ts';
import type { XlsxPackage } from './package.ts';
import { readXml } from './xml.ts';

/** Where a workbook keeps what. */
export interface Workbook {
  /** Names of the parts of the sheets that can be seen, in their order. */
  readonly sheets: readonly string[];
  /** Days are counted from 1904 on, as Excel once did on a Mac. */
  readonly isFrom1904: boolean;
}

const WORKBOOK = 'xl/workbook.xml';

/** Reads which sheets there are. */
export async function readWorkbook(source: XlsxPackage): Promise<Workbook> {
  const ids: string[] = [];
  let isFrom1904 = false;
  await readXml(source, WORKBOOK, {
    open: (name, attribute) => {
      if (name === 'workbookPr') isFrom1904 = /^(?:1|true)$/.test(attribute('date1904'));
      if (name === 'sheet' && !/hidden/i.test(attribute('state'))) ids.push(attribute('r:id'));
    },
  });
  const parts = await readRelations(source);
  const sheets = ids.flatMap((id) => parts.get(id) ?? []).filter((part) => source.has(part));
  // A writer may give relations another prefix: then the usual names are tried.
  const usual = 'xl/worksheets/sheet1.xml';
  if (sheets.length === 0 && source.has(usual)) return { sheets: [usual], isFrom1904 };
  if (sheets.length === 0) throw listError('unreadable-file', 'The workbook has no sheet');
  return { sheets, isFrom1904 };
}

async function readRelations(source: XlsxPackage): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  const relations = 'xl/_rels/workbook.xml.rels';
  if (!source.has(relations)) return parts;
  await readXml(source, relations, {
    open: (name, attribute) => {
      const target = attribute('Target');
      if (name !== 'Relationship' || !attribute('Type').endsWith('/worksheet')) return;
      parts.set(attribute('Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return parts;
}
