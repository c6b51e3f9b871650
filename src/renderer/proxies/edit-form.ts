import {
  proxyProtocols,
  type ProxyDetails,
  type ProxyProtocol,
  type ProxyView,
} from '../../contract/proxies.ts';
import { sameJson } from '../panel/keep-same.ts';
import { expiryFields, expiryOf, type ExpiryFields } from './expiry.ts';

/** A proxy as its form holds it: all texts, as they are typed. */
export interface EditFields {
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: string;
  readonly username: string;
  /** Empty: the one that is kept stays. */
  readonly password: string;
  readonly noPassword: boolean;
  readonly rotation: string;
  readonly noRotation: boolean;
  readonly name: string;
  readonly provider: string;
  readonly tag: string;
  readonly note: string;
  readonly country: string;
  readonly expiry: ExpiryFields;
  /** Gigabytes a month; '' is none. */
  readonly budget: string;
}

/** Fields that hold what can't be saved. */
export type EditProblem = 'host' | 'port' | 'country' | 'rotation' | 'expiry' | 'budget';

/** Bytes in what providers sell as a gigabyte. */
const GIGABYTE = 1e9;

/** What the form begins with. */
export function editFields(proxy: ProxyView): EditFields {
  const { protocol, host, port, username, name, provider, tag, note, country, expiresAt } = proxy;
  return {
    protocol,
    host,
    port: String(port),
    username,
    password: '',
    noPassword: false,
    rotation: '',
    noRotation: false,
    name,
    provider,
    tag,
    note,
    country: country ?? '',
    expiry: expiryFields(expiresAt),
    budget: proxy.budget === null ? '' : String(proxy.budget / GIGABYTE),
  };
}

/** A protocol out of a choice of texts. */
export const protocolOf = (text: string | null): ProxyProtocol =>
  proxyProtocols.find((protocol) => protocol === text) ?? 'http';

const portOf = (text: string): number | null => {
  const port = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

/** An IPv6 address may be typed in brackets, as it stands in an address. */
const hostOf = (text: string): string =>
  text
    .trim()
    .replace(/^\[(.*)\]$/u, '$1')
    .toLowerCase();

/** The budget that was typed, in bytes: null is none, undefined can't be read. A comma is a point. */
export function budgetOf({ budget }: Pick<EditFields, 'budget'>): number | null | undefined {
  const text = budget.trim().replace(',', '.');
  if (text === '') return null;
  if (!/^\d{1,6}(?:\.\d{1,9})?$/u.test(text)) return undefined;
  const bytes = Math.round(Number(text) * GIGABYTE);
  return bytes >= 1 ? bytes : undefined;
}

/** Which fields can't be saved as they are. */
export function editProblems(fields: EditFields): Set<EditProblem> {
  const problems = new Set<EditProblem>();
  const host = hostOf(fields.host);
  if (host === '' || /[\s/@]/u.test(host)) problems.add('host');
  if (portOf(fields.port) === null) problems.add('port');
  if (!/^(?:[a-z]{2})?$/iu.test(fields.country.trim())) problems.add('country');
  if (!/^(?:https?:\/\/[^\s/?#]\S*)?$/iu.test(fields.rotation.trim())) problems.add('rotation');
  if (expiryOf(fields.expiry) === undefined) problems.add('expiry');
  if (budgetOf(fields) === undefined) problems.add('budget');
  return problems;
}

/** The end that was written. Fields hold no milliseconds: one that nobody touched stays to the last of them. */
function endOf(proxy: ProxyView, expiry: ExpiryFields): number | null {
  if (sameJson(expiry, expiryFields(proxy.expiresAt, expiry.zone))) return proxy.expiresAt;
  return expiryOf(expiry) ?? null;
}

/** Only what differs: nothing else is sent, so that nothing else can be overwritten. */
export function editChange(proxy: ProxyView, fields: EditFields): Partial<ProxyDetails> {
  const country = fields.country.trim().toUpperCase();
  const next = {
    protocol: fields.protocol,
    host: hostOf(fields.host),
    port: portOf(fields.port) ?? proxy.port,
    username: fields.username,
    name: fields.name.trim(),
    provider: fields.provider.trim(),
    tag: fields.tag.trim(),
    note: fields.note.trim(),
    country: country === '' ? null : country,
    expiresAt: endOf(proxy, fields.expiry),
  };
  const differing = Object.entries(next).filter(
    ([field, value]) => proxy[field as keyof typeof next] !== value,
  );
  return {
    ...Object.fromEntries(differing),
    ...(fields.noPassword ? { password: '' } : fields.password === '' ? {} : { password: fields.password }),
    ...(fields.noRotation
      ? { rotation: '' }
      : fields.rotation.trim() === ''
        ? {}
        : { rotation: fields.rotation.trim() }),
  };
}
