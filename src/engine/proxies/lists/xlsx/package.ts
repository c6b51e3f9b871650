import { setImmediate } from 'node:timers/promises';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { asListError, listError } from '../list-error.ts';

/** All parts of a workbook together may unpack to this much: a few kilobytes can hold gigabytes of zeros. */
const MAX_UNPACKED_BYTES = 160_000_000;
const MAX_PARTS = 5_000;
/** So much is read before other work has its turn. */
const PIECE_BYTES = 65_536;

/** A workbook's parts, unpacked piece by piece as they are read. */
export interface XlsxPackage {
  has(name: string): boolean;
  /** Feeds a part's text, a piece at a time. Other work goes on in between. */
  read(name: string, take: (text: string) => void): Promise<void>;
}

/** Opens the zip a workbook is. Throws `invalid` with reason `unreadable-file` for anything else. */
export async function openPackage(bytes: Uint8Array): Promise<XlsxPackage> {
  const { zip, entries } = await openZip(bytes);
  let unpacked = 0;

  const read = async (name: string, take: (text: string) => void): Promise<void> => {
    const entry = entries.get(name);
    if (entry === undefined) throw listError('unreadable-file', `The workbook has no ${name}`);
    const decoder = new TextDecoder('utf-8');
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Uint8Array;
      unpacked += bytes.byteLength;
      if (unpacked > MAX_UNPACKED_BYTES) throw listError('unreadable-file', 'The workbook is too large');
      for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
        take(decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true }));
        await setImmediate();
      }
    }
    take(decoder.decode());
  };
  return {
    has: (name) => entries.has(name),
    read,
  };
}

async function openZip(bytes: Uint8Array): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > MAX_PARTS) throw listError('unreadable-file', 'The workbook has too many parts');
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch (error) {
    throw asListError(error);
  }
}
