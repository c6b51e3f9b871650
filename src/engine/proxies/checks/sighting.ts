import { readIpAddress, type IpAddress } from '../../net/ip-address.ts';

/** What a look-up service says of whoever asks it. */
export interface Sighting {
  readonly address: IpAddress;
  /** Two letters. */
  readonly country: string | null;
  readonly city: string | null;
}

/** Fields as the services name them, the surest first. `country` is a name with some and two letters with others. */
const ADDRESS = ['ip', 'query', 'ipAddress', 'ip_address', 'address', 'origin'];
const COUNTRY = ['countryCode', 'country_code', 'country_iso', 'countryIso', 'cc', 'country'];
const CITY = ['city', 'cityName', 'city_name'];
const MAX_CITY = 100;

/** Reads an answer, JSON of any of the usual shapes or a bare address; null when no address is in it. */
export function readSighting(body: string): Sighting | null {
  const fields = fieldsOf(body);
  const texts = (names: readonly string[]): string[] =>
    names.map((name) => fields[name]).filter((value) => typeof value === 'string');
  const [address] = texts(ADDRESS).flatMap((text) => readIpAddress(text) ?? []);
  if (address === undefined) return null;
  const country = texts(COUNTRY).find((text) => /^[a-z]{2}$/i.test(text)) ?? null;
  const city = texts(CITY)[0]?.trim().slice(0, MAX_CITY).toWellFormed() ?? '';
  return { address, country: country?.toUpperCase() ?? null, city: city === '' ? null : city };
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch {
    return { ip: body };
  }
}
