/** Where the sandbox tells a caller what it sees of it, as look-up services of the internet do. */
export const LOOKUP_PATH = '/lookup';

const places = [
  { country: 'Singapore', countryCode: 'SG', city: 'Singapore' },
  { country: 'Malaysia', countryCode: 'MY', city: 'Kuala Lumpur' },
  { country: 'Thailand', countryCode: 'TH', city: 'Bangkok' },
  { country: 'Vietnam', countryCode: 'VN', city: 'Hanoi' },
  { country: 'Philippines', countryCode: 'PH', city: 'Manila' },
  { country: 'Indonesia', countryCode: 'ID', city: 'Jakarta' },
] as const;

/** The address a caller comes from, with a place that its last number stands for: 127.0.0.1 is in Malaysia. */
export function sightingOf(address: string) {
  const query = address.replace(/^::ffff:/, '');
  const last = Number(query.split('.').at(-1)) || 0;
  return { query, ...(places[last % places.length] ?? places[0]) };
}
