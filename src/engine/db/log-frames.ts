import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

const HEADER = 32;
const FRAME_HEADER = 24;
/** The first four bytes of a log whose checksums are little-endian; big-endian is one more. */
const MAGIC = 0x377f0682;

/** One page as a transaction wrote it to the log. */
export interface Frame {
  readonly page: number;
  /** The last one of its transaction. */
  readonly isCommit: boolean;
  /** It is what was written, as far as the frame before it tells. */
  readonly isWhole: boolean;
  /** It and all before it are, the log's own header too: SQLite reads so far. */
  readonly isRead: boolean;
  readonly hasHeader: boolean;
  readonly content: Buffer;
}

/**
 * The frames of the newest round of a log, in their order (https://www.sqlite.org/fileformat2.html#walformat); what an
 * earlier round left behind bears other salts. `pageSize` stands in where the log's own header is broken: then nothing
 * is read of it. The contents are valid until the next frame.
 */
export function* readFrames(path: string, pageSize: number): Generator<Frame> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const header = Buffer.alloc(HEADER);
    if (readSync(file, header, 0, HEADER, 0) < HEADER) return;
    const magic = header.readUInt32BE(0);
    const isKnown = magic === MAGIC || magic === MAGIC + 1;
    // What a machine writes is in its own order of bytes.
    const sum = checksums(isKnown ? magic !== MAGIC : endianness() === 'BE');
    const start = sum([0, 0], header, 0, HEADER - 8);
    const isHeaderWhole = isKnown && isAt(header, HEADER - 8, start);
    const length = FRAME_HEADER + (isHeaderWhole ? header.readUInt32BE(8) : pageSize);
    const frame = Buffer.alloc(length);
    let salts: Buffer | null = isHeaderWhole ? header.subarray(16, 24) : null;
    // The sums the frame before says it has: a broken page does not make all after it look broken.
    let before: Sums | null = isHeaderWhole ? start : null;
    let isRead = isHeaderWhole;
    for (let at = HEADER; at + length <= size; at += length) {
      readSync(file, frame, 0, length, at);
      salts ??= Buffer.from(frame.subarray(8, 16));
      const isOfThisRound = frame.subarray(8, 16).equals(salts);
      const isWhole: boolean =
        isOfThisRound &&
        before !== null &&
        isAt(frame, 16, sum(sum(before, frame, 0, 8), frame, FRAME_HEADER, length - FRAME_HEADER));
      isRead &&= isWhole;
      before = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
      if (!isOfThisRound) continue;
      const content = frame.subarray(FRAME_HEADER);
      const [page, isCommit] = [frame.readUInt32BE(0), frame.readUInt32BE(4) !== 0];
      yield { page, isCommit, isWhole, isRead, hasHeader: isHeaderWhole, content };
    }
  } finally {
    closeSync(file);
  }
}

type Sums = readonly [number, number];
type Sum = (before: Sums, bytes: Buffer, from: number, length: number) => Sums;

function checksums(isBigEndian: boolean): Sum {
  return ([first, second], bytes, from, length) => {
    let [a, b] = [first, second];
    for (let at = from; at < from + length; at += 8) {
      a = (a + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
      b = (b + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
    }
    return [a, b];
  };
}

/** The checksums as the log holds them; those are big-endian always. */
function isAt(bytes: Buffer, at: number, [a, b]: Sums): boolean {
  return bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;
}
