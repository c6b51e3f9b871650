import { isIP } from 'node:net';

/** An IP address in the one way it is written here, so that two of the same are equal. */
export interface IpAddress {
  readonly text: string;
  readonly family: 4 | 6;
}

/** Reads an address as others write it; null when it is none. IPv4 in IPv6's clothes is IPv4. */
export function readIpAddress(written: string): IpAddress | null {
  const text = written.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(text);
  if (family === 4) return { text, family };
  const url = family === 6 ? URL.parse(`http://[${text}]/`) : null;
  return url === null ? null : { text: url.hostname.slice(1, -1), family: 6 };
}
