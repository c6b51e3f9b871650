import {
  closeSync,
  createReadStream,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { COMPACT_ABOVE, compactJournal } from './compact.ts';
import type { JournalEntry, JournalLine } from './entry.ts';

/**
 * Every request and every change of the world, one line of JSON each, in a file. A line is handed to the
 * operating system before the answer it stands for goes out, so that it survives a SIGKILL of the sandbox.
 */
export class Journal {
  readonly path: string;
  /** Lines that were there when it was opened. */
  readonly restored: readonly JournalLine[];
  readonly #file: number;
  readonly #temporary: boolean;
  /** The number of each line and where it begins; numbers grow, with gaps where a journal was shortened. */
  readonly #lines: { readonly seq: number; readonly start: number }[] = [];
  #size = 0;

  /** Without a path the file is temporary and goes with `close`. A torn last line is cut off. */
  constructor(path: string | null) {
    if (path !== null) compactJournal(path, COMPACT_ABOVE);
    this.#temporary = path === null;
    this.path = path ?? join(mkdtempSync(join(tmpdir(), 'counterdesk-sandbox-')), 'journal.jsonl');
    this.#file = openSync(this.path, 'a+');
    this.restored = this.#load(readFileSync(this.path));
  }

  /** The number of the newest line; 0 when there is none. */
  get lastSeq(): number {
    return this.#lines.at(-1)?.seq ?? 0;
  }

  append(entry: JournalEntry): number {
    const seq = this.lastSeq + 1;
    const bytes = Buffer.from(`${JSON.stringify({ seq, ...entry })}\n`, 'utf8');
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    } catch (error) {
      // A full disk: half a line would spoil the one after it.
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#lines.push({ seq, start: this.#size });
    this.#size += bytes.length;
    return seq;
  }

  /** The lines after `since`, as they stand in the file. */
  read(since: number): Readable | null {
    const first = this.#lines[this.#indexAfter(since)];
    if (first === undefined) return null;
    return createReadStream(this.path, { start: first.start, end: this.#size - 1 });
  }

  close(): void {
    closeSync(this.#file);
    if (this.#temporary) rmSync(dirname(this.path), { recursive: true, force: true });
  }

  /** The first line numbered higher than `since`, by bisection. */
  #indexAfter(since: number): number {
    let [low, high] = [0, this.#lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle]?.seq ?? 0) > since) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #load(bytes: Buffer): JournalLine[] {
    const lines: JournalLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const line = readLine(bytes.toString('utf8', start, end), this.path, lines.length + 1);
      lines.push(line);
      this.#lines.push({ seq: line.seq, start });
      start = end + 1;
    }
    this.#size = start;
    if (start < bytes.length) ftruncateSync(this.#file, start);
    return lines;
  }
}

function readLine(text: string, path: string, number: number): JournalLine {
  try {
    return JSON.parse(text) as JournalLine;
  } catch {
    throw new Error(`The journal ${path} is damaged in line ${number}.`);
  }
}
