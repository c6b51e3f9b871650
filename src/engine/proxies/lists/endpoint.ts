import { domainToASCII } from 'node:url';

/** A host as it is kept: lower case, IDN as `xn--`, IPv6 in its shortest form and without brackets. */
export interface Host {
  readonly host: string;
  /** An address or a name with a dot can't be mistaken for a user name; a bare word can. */
  readonly isPlain: boolean;
}

const MAX_HOST = 253;

/** Null for what is no host: bad labels, addresses with leading zeros, too few or too large parts, zones. */
export function readHost(text: string): Host | null {
  if (text.length === 0 || text.length > MAX_HOST) return null;
  if (text[0] === '[') return text.endsWith(']') ? readIPv6(text.slice(1, -1)) : null;
  const ascii = isAscii(text) ? text : domainToASCII(text);
  const host = ascii.toLowerCase();
  return isName(host) ? { host, isPlain: !host.includes('.') && host !== 'localhost' } : null;
}

/** An IPv6 address without brackets. */
export function readIPv6(text: string): Host | null {
  // A zone names a network card of one computer.
  if (!/^[\da-f:.]+$/i.test(text)) return null;
  const host = URL.parse(`http://[${text}]`)?.hostname.slice(1, -1);
  return host === undefined || host === '::' ? null : { host, isPlain: false };
}

/** 1 to 65535, in plain digits without leading zeros; -1 for anything else. */
export function readPort(text: string): number {
  if (text.length === 0 || text.length > 5 || text[0] === '0') return -1;
  let port = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    port = port * 10 + digit;
  }
  return port <= 65_535 ? port : -1;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** A host name in ASCII, or an IPv4 address: what ends in a number is one, or is nothing. */
function isName(host: string): boolean {
  if (host.length === 0 || host.length > MAX_HOST) return false;
  let labels = 1;
  let labelAt = 0;
  let areDigits = true;
  for (let at = 0; at <= host.length; at += 1) {
    const code = at === host.length ? DOT : host.charCodeAt(at);
    if (code === DOT) {
      if (!isLabel(host, labelAt, at)) return false;
      if (at === host.length) break;
      labels += 1;
      labelAt = at + 1;
      areDigits = true;
    } else if (code < 48 || code > 57) areDigits = false;
  }
  return areDigits || /(?:^|\.)0x[0-9a-f]*$/.test(host) ? labels === 4 && isIPv4(host) : true;
}

const DOT = 46;
const HYPHEN = 45;

function isLabel(host: string, from: number, to: number): boolean {
  if (to - from < 1 || to - from > 63) return false;
  if (host.charCodeAt(from) === HYPHEN || host.charCodeAt(to - 1) === HYPHEN) return false;
  for (let at = from; at < to; at += 1) {
    const code = host.charCodeAt(at);
    const isLetterOrDigit = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    // An underscore is no letter of a host name, but of names that are really used.
    if (!isLetterOrDigit && code !== HYPHEN && code !== 95) return false;
  }
  return true;
}

const OCTET = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

function isIPv4(host: string): boolean {
  return host !== '0.0.0.0' && IPV4.test(host);
}
