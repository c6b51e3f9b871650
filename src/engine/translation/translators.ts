import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { HttpClient } from '../../channels/http.ts';
import { languageCodes, type LanguageCode } from '../../contract/languages.ts';
import type { ProviderView } from '../../contract/translation.ts';
import type { Db } from '../db/database.ts';
import type { ServiceExits } from '../net/service-exits.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { providers } from './providers/registry.ts';
import type { Provider, ProviderCall, ProviderConfig } from './providers/provider.ts';
import { prepareTranslators, type TranslatorRow } from './queries.ts';

/** Where nothing is said, one that is busy or can't be reached is asked again after so long. Milliseconds. */
const PAUSE_MS = 30_000;
/** One whose quota is used up is tried again by itself after so long: when it begins anew is its own to know. */
const QUOTA_MS = 6 * 3_600_000;

interface Stop {
  readonly error: ErrorShape;
  readonly until: number | null;
}

/** A provider to be asked. */
export interface Translator {
  readonly id: number;
  readonly name: string;
  readonly limits: Provider['limits'];
  /** Throws as `Provider` says, and remembers what keeps it from being asked again. */
  translate(call: ProviderCall): Promise<string[]>;
}

/** The translation services, and how each stands. */
export interface Translators {
  /** Those that can be asked for this language now, in their order. */
  usable(to: LanguageCode): readonly Translator[];
  /** Why none can; null where there is none at all. */
  whyNone(to: LanguageCode): ErrorShape | null;
  /** One, whatever stands in its way. Throws `not-found`. */
  get(id: number): Translator;
  view(row: TranslatorRow): ProviderView;
  /** A person changed it: what stood in its way is over. */
  forget(id: number): void;
}

interface TranslatorsInput {
  readonly db: Db;
  readonly now: () => number;
  readonly secrets: Secrets;
  readonly exits: ServiceExits;
  readonly onChange: () => void;
}

export const keyName = (id: number): string => `translator:${id}:key`;

export function createTranslators({ db, now, secrets, exits, onChange }: TranslatorsInput): Translators {
  const rows = prepareTranslators(db);
  const stops = new Map<number, Stop>();
  /** Languages a provider said it does not know, as `id:language`. */
  const unknown = new Map<string, ErrorShape>();

  const stopOf = (id: number): Stop | null => {
    const stop = stops.get(id);
    if (stop === undefined || stop.until === null || stop.until > now()) return stop ?? null;
    stops.delete(id);
    return null;
  };
  const note = (id: number, error: ErrorShape, to: LanguageCode): void => {
    if (error.details?.reason === 'provider-language') unknown.set(`${id}:${to}`, error);
    const pause = pauseOf(error);
    if (pause !== null) stops.set(id, { error, until: pause === 'for-good' ? null : now() + pause });
    onChange();
  };
  const made = (row: TranslatorRow): Translator => ({
    id: row.id,
    name: row.name,
    limits: providers[row.kind].limits,
    translate: async (call) => {
      try {
        const http: HttpClient = exits.of(`translator:${row.id}`, { via: row.via, proxyId: row.proxy_id }, [
          row.address,
        ]);
        return await providers[row.kind].translate(http, configOf(row, secrets), call, now);
      } catch (error) {
        note(row.id, toErrorShape(error), call.to);
        throw error;
      }
    },
  });
  const speaks = (row: TranslatorRow, to: LanguageCode): boolean => {
    const languages = languagesOf(row);
    return (languages.length === 0 || languages.includes(to)) && !unknown.has(`${row.id}:${to}`);
  };
  const enabled = (): TranslatorRow[] => rows.all.all().filter((row) => row.enabled === 1);

  return {
    usable: (to) =>
      enabled()
        .filter((row) => speaks(row, to) && stopOf(row.id) === null)
        .map(made),
    whyNone: (to) => {
      const all = enabled();
      const [stop] = all.flatMap((row) => (speaks(row, to) ? (stopOf(row.id)?.error ?? []) : []));
      if (stop !== undefined) return stop;
      return all.length === 0
        ? null
        : toErrorShape(
            new CodedError('rejected', 'None knows this language', { reason: 'provider-language' }),
          );
    },
    get: (id) => {
      const row = rows.get.get(id);
      if (row === undefined) throw new CodedError('not-found', 'No such provider');
      return made(row);
    },
    view: (row) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      address: row.address,
      place: row.place,
      model: row.model,
      hasKey: row.has_key === 1,
      languages: languagesOf(row),
      proxyId: row.proxy_id,
      isProxyGone: row.via === 'proxy' && row.proxy_id === null,
      enabled: row.enabled === 1,
      isPractice: row.environment_id !== null,
      stop: stopOf(row.id),
    }),
    forget: (id) => {
      stops.delete(id);
      for (const key of unknown.keys()) if (key.startsWith(`${id}:`)) unknown.delete(key);
    },
  };
}

/** How long one is not asked after this, in milliseconds, or until a person changes something; null: it is. */
function pauseOf({ code, details }: ErrorShape): number | 'for-good' | null {
  if (details?.reason === 'provider-key') return 'for-good';
  if (details?.reason === 'provider-quota') return QUOTA_MS;
  return code === 'rate-limited' || code === 'unreachable' ? (details?.retryAfterMs ?? PAUSE_MS) : null;
}

function configOf({ id, address, place, model }: TranslatorRow, secrets: Secrets): ProviderConfig {
  return { address: address.replace(/\/+$/, ''), key: secrets.read(keyName(id)) ?? '', place, model };
}

function languagesOf({ languages }: TranslatorRow): LanguageCode[] {
  const read: unknown = JSON.parse(languages);
  return languageCodes.filter((code) => Array.isArray(read) && read.includes(code));
}
