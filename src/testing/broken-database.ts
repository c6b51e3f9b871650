import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { openDamaged } from '../engine/db/open-damaged.ts';

const PAGE = 4096;

/** What kinds of pages a database has; the numbers of those of each kind, from 1. */
export type PageClass =
  | 'schema'
  | 'interior table'
  | 'leaf table'
  | 'interior index'
  | 'leaf index'
  | 'overflow'
  | 'freelist'
  | 'search index';

const TYPES: Readonly<Record<number, PageClass>> = {
  5: 'interior table',
  13: 'leaf table',
  2: 'interior index',
  10: 'leaf index',
};

/** The pages of a closed database by their kind, from SQLite's own accounts of them. */
export function pagesByClass(path: string): ReadonlyMap<PageClass, number[]> {
  const db = openDamaged(path);
  const rows = db?.rows('SELECT name, pageno, pagetype FROM dbstat') ?? [];
  db?.close();
  const classes = new Map<PageClass, number[]>();
  const add = (kind: PageClass, page: number): void =>
    void classes.set(kind, [...(classes.get(kind) ?? []), page]);
  const file = openSync(path, 'r');
  const byteAt = (offset: number): number => {
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, offset);
    return byte[0] ?? 0;
  };
  for (const { name: of, pageno: number, pagetype } of rows) {
    const [name, pageno] = [String(of), Number(number)];
    if (pagetype === 'overflow') add('overflow', pageno);
    else if (name === 'sqlite_schema' || name === 'sqlite_master') add('schema', pageno);
    else if (name.startsWith('search')) add('search index', pageno);
    else add(TYPES[byteAt((pageno - 1) * PAGE)] ?? 'leaf table', pageno);
  }
  const header = Buffer.alloc(4);
  readSync(file, header, 0, 4, 32);
  if (header.readUInt32BE() > 0) add('freelist', header.readUInt32BE());
  closeSync(file);
  return classes;
}

/** Turns every bit of some bytes of a file. */
export function flipBytes(path: string, offset: number, length: number): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(length);
  const read = readSync(file, bytes, 0, length, offset);
  for (let at = 0; at < read; at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeSync(file, bytes, 0, read, offset);
  closeSync(file);
}

/** Turns the first bytes of a page, by which SQLite finds its way in it. */
export function flipPage(path: string, page: number): void {
  // The first page begins with the header of the file; its own comes after it.
  flipBytes(path, page === 1 ? 100 : (page - 1) * PAGE, 16);
}
