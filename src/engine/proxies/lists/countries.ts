/** Names people use that are not the ones of the tables. */
const also: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  英国: 'GB',
  usa: 'US',
  'united states of america': 'US',
  'hong kong': 'HK',
  香港: 'HK',
  中国香港: 'HK',
  macau: 'MO',
  macao: 'MO',
  澳门: 'MO',
  taiwan: 'TW',
  中国台湾: 'TW',
  korea: 'KR',
  'viet nam': 'VN',
  'czech republic': 'CZ',
  turkey: 'TR',
  uae: 'AE',
  阿联酋: 'AE',
  印尼: 'ID',
  大马: 'MY',
};
/** Codes of the tables that are no countries. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB']);

let byName: Map<string, string> | undefined;
let codes: Set<string> | undefined;

/** Whether two capitals are the code of a country. */
export function isCountry(code: string): boolean {
  codes ??= new Set(allCountries('en').map(([known]) => known));
  return codes.has(code);
}

/**
 * The two-letter code for a code or a name in English or Chinese; what stands behind the country (a city, a state) is
 * left out. Null for what is no country.
 */
export function readCountry(text: string): string | null {
  byName ??= new Map(
    [...allCountries('en'), ...allCountries('zh')].map(([code, name]) => [plain(name), code]),
  );
  const [first = ''] = text.split(/[-–/,，|_(（]/);
  for (const part of [text, first]) {
    const name = plain(part);
    const code = /^[a-z]{2}$/.test(name) ? name.toUpperCase() : (byName.get(name) ?? '');
    if (isCountry(code)) return code;
    const other = Object.hasOwn(also, name) ? also[name] : undefined;
    if (other !== undefined) return other;
  }
  return null;
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function allCountries(language: string): [code: string, name: string][] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const isGone = Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`;
      const name = isGone || noCountries.has(code) ? undefined : names.of(code);
      return name === undefined ? [] : [[code, name] as [string, string]];
    });
}
