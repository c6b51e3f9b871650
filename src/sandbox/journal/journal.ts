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
  /** Where each line begins; line `seq` begins at `#starts[seq - 1]`. */
  readonly #starts: number[] = [];
  #size = 0;

  /** Without a path the file is temporary and goes with `close`. A torn last line is cut off. */
  constructor(path: string | null) {
    this.#temporary = path === null;
    this.path = path ?? join(mkdtempSync(join(tmpdir(), 'counterdesk-sandbox-')), 'journal.jsonl');
    this.#file = openSync(this.path, 'a+');
    this.restored = this.#load(readFileSync(this.path));
  }

  get length(): number {
    return this.#starts.length;
  }

  append(entry: JournalEntry): number {
    const seq = this.#starts.length + 1;
    const bytes = Buffer.from(`${JSON.stringify({ seq, ...entry })}\n`, 'utf8');
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    this.#starts.push(this.#size);
    this.#size += bytes.length;
    return seq;
  }

  /** The lines after `since`, as they stand in the file. */
  read(since: number): Readable | null {
    const start = this.#starts[Math.max(0, since)];
    if (start === undefined) return null;
    return createReadStream(this.path, { start, end: this.#size - 1 });
  }

  close(): void {
    closeSync(this.#file);
    if (this.#temporary) rmSync(dirname(this.path), { recursive: true, force: true });
  }

  #load(bytes: Buffer): JournalLine[] {
    const lines: JournalLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      lines.push(readLine(bytes.toString('utf8', start, end), this.path, lines.length + 1));
      this.#starts.push(start);
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
