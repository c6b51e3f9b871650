import type { ImportProblem } from '../../../contract/proxies.ts';
import { csvRecord } from '../../../base/csv.ts';
import { readCells, type Candidate } from './cells.ts';
import type { ReadExpiry } from './expiry.ts';
import { kindOf, noExtras, readExtras } from './extras.ts';
import { withQuery } from './query.ts';
import { isLink, problemOf, words, wrong, type Reading, type Said } from './said.ts';
import { readAddress } from './uri.ts';

/** The longest line that is read; no proxy is described at more length. */
export const MAX_LINE = 10_000;

const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
/** Between cells, the surest first. */
const SEPARATORS: readonly (readonly [test: RegExp, separator: string])[] = [
  [/\t/, '\t'],
  [/[|｜]/, '|'],
  [/[;；]/, ';'],
  [/[,，]/, ','],
];

/** A blank line, or one that is a comment as a whole, says nothing and is no row. */
export function isSilent(line: string): boolean {
  return /^\s*(?:$|#|\/\/)/.test(line);
}

/** Reads one line in any of the ways people keep proxies. Never throws. */
export function readLine(text: string, readExpiry: ReadExpiry): Reading {
  const line = text.trim();
  if (line.length > MAX_LINE) return wrong('too-long');
  if (CONTROLS.test(line) || !line.isWellFormed()) return wrong('unreadable');
  const { address, rotation, comment } = takeApart(line);
  if (rotation !== '' && !isLink(rotation)) return wrong('bad-rotation');
  const { found, problem } = readParts(address, readExpiry);
  if (found.length === 0) return wrong(problem);
  return toReading(found, rotation, comment);
}

/** A comment behind blanks, and a link to a new address in brackets. */
function takeApart(line: string): { address: string; rotation: string; comment: string } {
  const hash = line.includes('#') || line.includes('//') ? /\s(?:#|\/\/)/.exec(line) : null;
  const address = hash === null ? line : line.slice(0, hash.index).trimEnd();
  const comment =
    hash === null
      ? ''
      : line
          .slice(hash.index)
          .replace(/^\s(?:#|\/\/)+/, '')
          .trim();
  const open = address.endsWith(']') ? address.lastIndexOf('[') : -1;
  const inside = open <= 0 ? '' : address.slice(open + 1, -1).trim();
  // Without a slash it is the end of a password, or an IPv6 address.
  return inside.includes('/')
    ? { address: address.slice(0, open).trimEnd(), rotation: inside, comment }
    : { address, rotation: '', comment };
}

interface Parts {
  readonly found: readonly Candidate[];
  readonly problem: ImportProblem;
}

function readParts(line: string, readExpiry: ReadExpiry): Parts {
  if (!/[\s|｜;；,，]/.test(line)) return readWhole(line, readExpiry);
  const hasBlank = /\s/.test(line);
  const whole: Parts = hasBlank ? { found: [], problem: 'no-address' } : readWhole(line, readExpiry);
  let problem = whole.problem;
  for (const [test, separator] of SEPARATORS) {
    if (!test.test(line)) continue;
    const wide = FULL_WIDTH[separator] ?? separator;
    const plain = line.includes(wide) ? line.replaceAll(wide, separator) : line;
    const cells = csvRecord(plain, 0, separator).cells.map((cell) => cell.trim());
    const parts = cells.length > 1 ? readSplit(cells, readExpiry) : whole;
    if (parts.found.length > 0) return either(whole.found, parts.found);
    if (parts.problem !== 'no-address') problem = parts.problem;
  }
  if (whole.found.length > 0) return whole;
  if (!hasBlank) return { found: [], problem };
  const byBlanks = readCells(line.split(/\s+/), true, readExpiry);
  return byBlanks.found.length > 0 || problem === 'no-address' ? byBlanks : { found: [], problem };
}

const FULL_WIDTH: Readonly<Record<string, string>> = { '|': '｜', ';': '；', ',': '，' };

/** The first of the cells may hold more than one: `host:port user pass | note`. */
function readSplit(cells: readonly string[], readExpiry: ReadExpiry): Parts {
  const parts = readCells(cells, false, readExpiry);
  const [first = '', ...rest] = cells;
  if (parts.found.length > 0 || !/\s/.test(first)) return parts;
  const inner = readCells(first.split(/\s+/), true, readExpiry);
  const found = inner.found.map((one) => {
    const extras = readExtras([...rest, one.extras.note], readExpiry);
    return { ...one, extras: { ...extras, protocol: extras.protocol ?? one.extras.protocol } };
  });
  return found.length > 0 ? { found, problem: 'no-address' } : parts;
}

/** A whole line that is one address; what its last part looks like may be no part of the password. */
function readWhole(line: string, readExpiry: ReadExpiry): Parts {
  const { found, problem } = readAddress(line);
  const candidates = found.flatMap((address): Candidate[] => {
    const whole = { address, extras: noExtras };
    const colon = address.password.lastIndexOf(':');
    const last = address.password.slice(colon + 1);
    if (colon < 1 || !line.endsWith(last) || kindOf(last, readExpiry) === null) return [whole];
    const password = address.password.slice(0, colon);
    return [{ address: { ...address, password }, extras: readExtras([last], readExpiry) }, whole];
  });
  return { found: candidates, problem };
}

/**
 * A line that reads as one address and as cells. A separator is part of a password only where nothing else explains it:
 * blanks around it, or cells behind it that are empty or plainly something else.
 */
function either(whole: readonly Candidate[], split: readonly Candidate[]): Parts {
  const isExplained = split.every(({ address, extras }) => !address.isDoubtful && extras.note === '');
  const found = whole.length === 0 || isExplained ? split : [...split, ...whole];
  return { found, problem: 'no-address' };
}

function toReading(found: readonly Candidate[], rotation: string, comment: string): Reading {
  const all: Said[] = [];
  let problem: ImportProblem | null = null;
  for (const { address, extras } of found) {
    for (const expiresAt of extras.ends) {
      const said = withQuery(address, {
        protocol: address.protocol ?? extras.protocol,
        host: address.host,
        port: address.port,
        username: address.username,
        password: address.password,
        rotation: rotation === '' ? extras.rotation : rotation,
        name: '',
        provider: '',
        tag: '',
        note: words(comment === '' ? extras.note : `${extras.note} ${comment}`),
        country: extras.country,
        expiresAt,
      });
      const illness = problemOf(said);
      if (illness === null) all.push(said);
      else problem ??= illness;
    }
  }
  if (all.length === 0) return wrong(problem ?? 'no-address');
  const isSure = all.length === 1 && found.length === 1 && !found[0]?.address.isDoubtful;
  return { kind: 'said', said: all, isSure, stores: '' };
}
