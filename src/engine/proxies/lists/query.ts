import type { Address } from './address.ts';
import { isCountry } from './countries.ts';
import { readProtocol } from './protocol.ts';
import { words, type Said } from './said.ts';

/**
 * What FoxyProxy writes into the query of an address: `title`, `type`, `username`, `password`, `cc` (or `countrycode`);
 * names in any case. What it has besides (colours, patterns) is its own.
 */
export function withQuery({ query }: Address, said: Said): Said {
  if (query === undefined || query === '') return said;
  const values = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const code = (values.get('cc') ?? values.get('countrycode') ?? '').toUpperCase();
  return {
    ...said,
    protocol: readProtocol(values.get('type') ?? '') ?? said.protocol,
    username: values.get('username') ?? said.username,
    password: values.get('password') ?? said.password,
    name: words(values.get('title') ?? ''),
    country: isCountry(code) ? code : said.country,
  };
}
