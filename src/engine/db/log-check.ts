import { existsSync, readFileSync } from 'node:fs';

const HEADER = 32;
const FRAME_HEADER = 24;
/** The first four bytes of a log whose checksums are little-endian; big-endian is one more. */
const MAGIC = 0x377f0682;

/**
 * Whether commits were lost from the log beside a closed database (https://www.sqlite.org/fileformat2.html#walformat).
 * SQLite reads a log up to the first frame whose checksum is wrong, and says nothing: after a power cut that is right,
 * for only the last commit can be half written. With commits after that one, bytes were changed on the disk, and the
 * database is no longer what it was when a message left.
 */
export function hasLostCommits(database: string): boolean {
  const path = `${database}-wal`;
  if (!existsSync(path)) return false;
  const log = readFileSync(path);
  if (log.length < HEADER + FRAME_HEADER || log.subarray(0, HEADER).every((byte) => byte === 0)) return false;
  const magic = log.readUInt32BE(0);
  const pageSize = log.readUInt32BE(8);
  const sum = checksums(log, magic !== MAGIC);
  const header = sum([0, 0], 0, HEADER - 8);
  // Frames without a header that says whose they are.
  if ((magic | 1) !== (MAGIC | 1) || !isAt(log, HEADER - 8, header)) return true;
  return commitsAfterBreak(log, pageSize, header, sum) > 1;
}

type Sums = readonly [number, number];
type Sum = (before: Sums, from: number, length: number) => Sums;

function commitsAfterBreak(log: Buffer, pageSize: number, header: Sums, sum: Sum): number {
  const salts = log.subarray(16, 24);
  let sums: Sums | null = header;
  let commits = 0;
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= log.length; at += FRAME_HEADER + pageSize) {
    const isOfThisLog = log.subarray(at + 8, at + 16).equals(salts);
    if (sums !== null) {
      const next = sum(sum(sums, at, 8), at + FRAME_HEADER, pageSize);
      if (isOfThisLog && isAt(log, at + 16, next)) {
        sums = next;
        continue;
      }
      sums = null;
    }
    // What an earlier round of the log left behind bears other salts.
    if (isOfThisLog && log.readUInt32BE(at + 4) !== 0) commits += 1;
  }
  return commits;
}

function checksums(log: Buffer, isBigEndian: boolean): Sum {
  const read = (at: number): number => (isBigEndian ? log.readUInt32BE(at) : log.readUInt32LE(at));
  return ([first, second], from, length) => {
    let [a, b] = [first, second];
    for (let at = from; at < from + length; at += 8) {
      a = (a + read(at) + b) >>> 0;
      b = (b + read(at + 4) + a) >>> 0;
    }
    return [a, b];
  };
}

/** The checksums as the log holds them; those are big-endian always. */
function isAt(log: Buffer, at: number, [a, b]: Sums): boolean {
  return log.readUInt32BE(at) === a && log.readUInt32BE(at + 4) === b;
}
