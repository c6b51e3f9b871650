import { unguarded } from '../../../base/csv.ts';
import type { ImportProblem } from '../../../contract/proxies.ts';
import type { Column } from './columns.ts';
import { readCountry } from './countries.ts';
import { readHost, readIPv6, readPort } from './endpoint.ts';
import type { ReadExpiry } from './expiry.ts';
import { readLine } from './line.ts';
import { readProtocol } from './protocol.ts';
import { problemOf, words, wrong, type Reading, type Said } from './said.ts';

/** What a row of a table says, by the meaning of its columns. */
export type Fields = Partial<Readonly<Record<Column, string>>>;

/** The cells by the columns they stand in. */
export function fieldsOf(cells: readonly string[], columns: readonly (Column | '')[]): Fields {
  const fields: Partial<Record<Column, string>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = unguarded(cells[index] ?? '').trim();
    if (column !== '' && cell !== '') fields[column] = cell;
  }
  return fields;
}

/**
 * Reads one row of a table. Where host and port don't stand apart, the address is read as a line; what other columns say
 * counts before what the line says.
 */
export function readFields(fields: Fields, readExpiry: ReadExpiry): Reading {
  const address = readPlace(fields, readExpiry);
  if (address.kind === 'wrong') return address;
  const { protocol: protocolText = '', country: countryText = '' } = fields;
  const protocol = protocolText === '' ? null : readProtocol(protocolText.replace(/[\s:/]+|代理$/g, ''));
  if (protocolText !== '' && protocol === null) return wrong('bad-protocol');
  const country = countryText === '' ? null : readCountry(countryText);
  if (countryText !== '' && country === null) return wrong('bad-country');
  const ends = readExpiry(fields.expiry ?? '');
  if (ends.length === 0) return wrong('bad-expiry');

  const all: Said[] = [];
  let problem: ImportProblem | null = null;
  for (const one of address.said) {
    for (const end of ends) {
      const said = merge(one, fields, { protocol, country, expiresAt: end });
      const illness = problemOf(said);
      if (illness === null) all.push(said);
      else problem ??= illness;
    }
  }
  if (all.length === 0) return wrong(problem ?? 'no-address');
  const isSure = address.isSure && all.length === 1;
  return { kind: 'said', said: all, isSure, stores: words(fields.store ?? '') };
}

function readPlace(fields: Fields, readExpiry: ReadExpiry): Reading {
  const { proxy, host: hostText, port: portText } = fields;
  const text = hostText ?? proxy;
  if (text === undefined) return wrong('no-address');
  if (portText === undefined) return readLine(text, readExpiry);
  const host = readHost(text) ?? readIPv6(text);
  // The column may hold more than a host, `http://203.0.113.7` or all of it.
  if (host === null) return readBeside(text, portText, readExpiry);
  // Spreadsheets keep a number as 8080.0.
  const port = readPort(portText.replace(/\.0+$/, ''));
  if (port < 0) return wrong('bad-port');
  // In a column of its own a bare word is a host.
  return { kind: 'said', said: [{ ...nothingSaid, host: host.host, port }], isSure: true, stores: '' };
}

function readBeside(text: string, portText: string, readExpiry: ReadExpiry): Reading {
  if (/:\d+$|@/.test(text)) return readLine(text, readExpiry);
  return text.includes('://')
    ? readLine(`${text.replace(/\/$/, '')}:${portText}`, readExpiry)
    : wrong('bad-host');
}

function merge(
  line: Said,
  { username, password, rotation, name, provider, tag, note }: Fields,
  { protocol, country, expiresAt }: Pick<Said, 'protocol' | 'country' | 'expiresAt'>,
): Said {
  return {
    protocol: protocol ?? line.protocol,
    host: line.host,
    port: line.port,
    username: username ?? line.username,
    password: password ?? line.password,
    rotation: rotation ?? line.rotation,
    name: words(name ?? line.name),
    provider: words(provider ?? line.provider),
    tag: words(tag ?? line.tag),
    note: words(note ?? line.note),
    country: country ?? line.country,
    expiresAt: expiresAt === undefined ? line.expiresAt : expiresAt,
  };
}

const nothingSaid: Said = {
  protocol: null,
  host: '',
  port: 0,
  username: '',
  password: '',
  rotation: '',
  name: '',
  provider: '',
  tag: '',
  note: '',
  country: null,
  expiresAt: undefined,
};
