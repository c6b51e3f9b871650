import { SaxesParser } from 'saxes';
import { asListError } from '../list-error.ts';
import type { XlsxPackage } from './package.ts';

/** What is wanted of a part. Names are without their prefix. */
export interface XmlEvents {
  open?(name: string, attribute: (name: string) => string): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads a part as XML, a piece at a time. Entities of a document's own are errors, so nothing is blown up by them. */
export async function readXml(source: XlsxPackage, name: string, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  if (events.open !== undefined) {
    parser.on('opentag', (tag) => events.open?.(local(tag.name), (key) => tag.attributes[key] ?? ''));
  }
  if (events.close !== undefined) parser.on('closetag', (tag) => events.close?.(local(tag.name)));
  if (events.text !== undefined) parser.on('text', (text) => events.text?.(text));
  try {
    await source.read(name, (text) => void parser.write(text));
    parser.close();
  } catch (error) {
    throw asListError(error);
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
