import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { readFrames } from './log-frames.ts';

/**
 * What the log beside a closed database comes to. SQLite reads it up to the first frame whose checksum is wrong, and
 * says nothing.
 * - `whole`: there is nothing behind what it reads.
 * - `torn`: behind it lies one commit that was never finished, as a power cut leaves it: nothing that ever was.
 * - `cut`: behind it lie commits that were finished; bytes were changed on the disk. None of them is in the file: what
 *   SQLite reads is the database as it once was.
 * - `ahead`: the same, but the file alone is the database as it was later: only the log makes it older.
 * - `mixed`: the file holds some of what lies behind and not all: what SQLite reads never was.
 */
export type LogState = 'whole' | 'torn' | 'cut' | 'ahead' | 'mixed';

/** Looks through the log beside a closed database; nothing is changed. */
export function inspectLog(database: string): LogState {
  const log = `${database}-wal`;
  if (!existsSync(log) || !existsSync(database)) return 'whole';
  const file = openSync(database, 'r');
  try {
    const pages = openPages(file);
    const { end, behind, commits, hasHeader } = measure(log, pages.size);
    if (behind === 0) return 'whole';
    // The header is on the disk before the first frame: without it, one finished commit is one too many.
    if (commits <= (hasHeader ? 1 : 0)) return 'torn';
    const { from, to } = placeOf(log, pages);
    if (from <= end) return 'cut';
    return from < to ? 'ahead' : 'mixed';
  } finally {
    closeSync(file);
  }
}

const SIZES = [512, 1024, 2048, 4096, 8192, 16_384, 32_768];
const USUAL_SIZE = 4096;

interface Pages {
  /** Bytes of a page. */
  readonly size: number;
  /** Valid until the next one is read; null beyond the end. */
  read(page: number): Buffer | null;
}

function openPages(file: number): Pages {
  const header = Buffer.alloc(2);
  readSync(file, header, 0, 2, 16);
  const said = header.readUInt16BE();
  const size = said === 1 ? 65_536 : SIZES.includes(said) ? said : USUAL_SIZE;
  const page = Buffer.alloc(size);
  return {
    size,
    read: (number) =>
      number > 0 && readSync(file, page, 0, size, (number - 1) * size) === size ? page : null,
  };
}

/** `end`: the number of the last frame SQLite reads; how many frames and finished commits lie behind it. */
function measure(log: string, pageSize: number) {
  let [end, count, commits, hasHeader] = [-1, 0, 0, true];
  for (const frame of readFrames(log, pageSize)) {
    if (frame.isCommit && frame.isRead) end = count;
    if (frame.isCommit && !frame.isRead) commits += 1;
    hasHeader = frame.hasHeader;
    count += 1;
  }
  return { end, behind: count - 1 - end, commits, hasHeader };
}

/**
 * Where in the log the file stands: it is the database as of every frame from `from` on and before `to`. Where `to` is
 * not after `from` it is the database as of none. Pages of which a broken frame holds a version say nothing.
 */
function placeOf(log: string, pages: Pages): { readonly from: number; readonly to: number } {
  const equal = new Map<number, number>();
  const later = new Map<number, number>();
  const unsure = new Set<number>();
  let number = 0;
  for (const { page, isWhole, content } of readFrames(log, pages.size)) {
    const isEqual = isWhole && pages.read(page)?.equals(content) === true;
    if (!isWhole) unsure.add(page);
    else if (!isEqual && !later.has(page)) later.set(page, number);
    // Written again as it was, it says nothing new.
    else if (isEqual && (later.delete(page) || !equal.has(page))) equal.set(page, number);
    number += 1;
  }
  let [from, to] = [-1, Number.POSITIVE_INFINITY];
  for (const [page, place] of equal) if (!unsure.has(page)) from = Math.max(from, place);
  for (const [page, place] of later) if (!unsure.has(page)) to = Math.min(to, place);
  return { from, to };
}
