import type { XlsxPackage } from './package.ts';
import { readXml } from './xml.ts';

/** The texts that cells name by their number. Phonetic guides are left out, runs of a rich text are joined. */
export async function readStrings(source: XlsxPackage): Promise<readonly string[]> {
  const strings: string[] = [];
  const part = 'xl/sharedStrings.xml';
  if (!source.has(part)) return strings;
  const texts = createTextReader();
  await readXml(source, part, {
    open: (name) => {
      if (name === 'si') texts.begin();
      texts.open(name);
    },
    text: texts.text,
    close: (name) => {
      texts.close(name);
      if (name === 'si') strings.push(texts.take());
    },
  });
  return strings;
}

/** Gathers the `t` elements of a shared or an inline string. */
export function createTextReader() {
  let gathered = '';
  let isText = false;
  let phonetic = 0;
  return {
    begin: (): void => {
      gathered = '';
    },
    open: (name: string): void => {
      if (name === 'rPh') phonetic += 1;
      isText = name === 't' && phonetic === 0;
    },
    text: (text: string): void => {
      if (isText) gathered += text;
    },
    close: (name: string): void => {
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') isText = false;
    },
    take: (): string => unescaped(gathered),
  };
}

/** Characters XML can't hold stand as `_x000D_`. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
