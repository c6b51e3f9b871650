import { zipFile } from './zip-file.ts';

/** A cell: a text, a number, a day as Excel counts them (shown as a date), or XML of its own. */
export type Cell = string | number | { readonly date: number } | { readonly xml: string } | null;

export interface XlsxOptions {
  readonly hiddenFirst?: boolean;
  readonly from1904?: boolean;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function column(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : column(Math.floor(index / 26) - 1) + letter;
}

/** A workbook as spreadsheets write it: shared strings, styles, one sheet of these rows (null: an empty row). */
export function xlsxFile(rows: readonly (readonly Cell[] | null)[], options: XlsxOptions = {}): Uint8Array {
  const strings: string[] = [];
  const cell = (value: Cell, at: string): string => {
    if (value === null) return '';
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value !== 'string')
      return 'xml' in value ? value.xml : `<c r="${at}" s="1"><v>${value.date}</v></c>`;
    strings.push(value);
    return `<c r="${at}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const body = rows.map((cells, row) => {
    const xml = cells?.map((value, index) => cell(value, `${column(index)}${row + 1}`)).join('');
    return xml === undefined ? '' : `<row r="${row + 1}">${xml}</row>`;
  });
  const sheet = (data: string): string =>
    `${head}<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`;
  const hidden =
    options.hiddenFirst === true ? '<sheet name="Old" sheetId="2" state="hidden" r:id="rId2"/>' : '';
  return zipFile({
    'xl/workbook.xml': `${head}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${options.from1904 === true ? ' date1904="1"' : ''}/><sheets>${hidden}<sheet name="IP" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet(body.join('')),
    'xl/worksheets/sheet2.xml': sheet(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>198.51.100.1:80</t></is></c></row>',
    ),
    'xl/styles.xml': `${head}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${MAIN}">${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
  });
}
