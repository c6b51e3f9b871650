import type { ImportProblem } from '../../../contract/proxies.ts';
import { likeliest, userAndPassword, type Address, type Attempt } from './address.ts';
import { readHost, readPort } from './endpoint.ts';
import type { ReadExpiry } from './expiry.ts';
import { joinDates, kindOf, readExtras, type Extras } from './extras.ts';
import { readProtocol } from './protocol.ts';
import { readAddress } from './uri.ts';

/** An address with what stands behind it. */
export interface Candidate {
  readonly address: Address;
  readonly extras: Extras;
}

export interface CellsAttempt {
  readonly found: readonly Candidate[];
  readonly problem: ImportProblem;
}

/**
 * Reads the cells of a line by their places: maybe a protocol; an address, or host and port apart, before or behind user
 * and password; then what is known by its looks, and a note. `areWords`: the cells were parted by spaces, so that more
 * than two of them may be a sentence.
 */
export function readCells(all: readonly string[], areWords: boolean, readExpiry: ReadExpiry): CellsAttempt {
  const cells = areWords ? joinDates(all) : all;
  const protocol = readProtocol(cells[0] ?? '');
  const start = protocol === null || cells.length === 1 ? 0 : 1;
  const places = findPlaces(cells, start);
  const found = places.found.flatMap(({ address, rest }) => {
    const named = address.protocol === null ? { ...address, protocol } : address;
    return complete(named, rest, areWords, readExpiry);
  });
  return { found, problem: places.problem };
}

/** An address and the cells behind it. */
interface Place {
  readonly address: Address;
  readonly rest: readonly string[];
}

function findPlaces(cells: readonly string[], start: number): { found: Place[]; problem: ImportProblem } {
  const [first = '', second = '', third = '', fourth = ''] = cells.slice(start, start + 4);
  const whole: Attempt = first.includes(':') ? readAddress(first) : { found: [], problem: 'no-address' };
  if (whole.found.length > 0) {
    const rest = cells.slice(start + 1);
    return { found: whole.found.map((address) => ({ address, rest })), problem: whole.problem };
  }
  const host = readHost(first);
  const forward = place(first, second, '', '', cells.slice(start + 2));
  const credentialsFirst = place(third, fourth, first, second, cells.slice(start + 4));
  const both = [forward, credentialsFirst].filter((one) => one !== null);
  const kept = likeliest(both.map(({ address }) => address));
  const found = both.filter(({ address }) => kept.includes(address));
  const isHost = host !== null && !host.isPlain;
  const problem = isHost ? 'bad-port' : readPort(second) > 0 ? 'bad-host' : whole.problem;
  return { found, problem };
}

function place(
  hostText: string,
  portText: string,
  username: string,
  password: string,
  rest: readonly string[],
): Place | null {
  const port = readPort(portText);
  const host = port < 0 ? null : readHost(hostText);
  if (host === null) return null;
  const address = { protocol: null, host: host.host, port, username, password, isDoubtful: host.isPlain };
  return { address, rest };
}

/** The candidates for one address, its credentials taken from the cells behind it where it has none. */
function complete(
  address: Address,
  rest: readonly string[],
  areWords: boolean,
  readExpiry: ReadExpiry,
): Candidate[] {
  const [first = '', second] = rest;
  const with_ = (username: string, password: string, count: number, isDoubtful = false): Candidate => ({
    address: { ...address, username, password, isDoubtful: address.isDoubtful || isDoubtful },
    extras: readExtras(rest.slice(count), readExpiry),
  });
  const asNote = { address, extras: readExtras(rest, readExpiry) };
  if (rest.length === 0 || address.username !== '' || address.password !== '') return [asNote];
  if (areWords && /^[-–—|]$/.test(first)) return [{ address, extras: readExtras(rest.slice(1), readExpiry) }];
  const kind = kindOf(first, readExpiry);
  const isPair = second !== undefined && kindOf(second, readExpiry) === null;
  // Two capitals may be a country or somebody's name.
  if (kind === 'country' && isPair && second !== '') return [asNote, with_(first, second, 2)];
  if (kind !== null) return [asNote];
  if (first.includes(':')) return [with_(...userAndPassword(first), 1)];
  if (first === '') return [with_('', second ?? '', second === undefined ? 1 : 2)];
  if (!isPair) return [with_(first, '', 1, true), { ...asNote, address: { ...address, isDoubtful: true } }];
  const words = rest.filter((cell) => kindOf(cell, readExpiry) === null).length;
  return areWords && words > 2 ? [with_(first, second, 2), asNote] : [with_(first, second, 2)];
}
