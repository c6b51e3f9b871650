import { z } from 'zod';
import type { ErrorShape } from '../base/errors.ts';
import { call, longCall } from './define.ts';
import { idSchema, type PlatformId } from './models.ts';

/** How a proxy is spoken to. Names are always resolved at the proxy (what some lists call `socks5h`). */
export const proxyProtocols = ['http', 'https', 'socks4', 'socks5'] as const;
const protocol = z.enum(proxyProtocols);
export type ProxyProtocol = z.infer<typeof protocol>;

/** `ended`: its end has come; `disabled`: a person took it out of use. Neither carries anything of a store. */
export type ProxyState = 'ready' | 'ended' | 'disabled';

/** What the newest look at a proxy found; see `proxies.check`. */
export interface ProxyCheck {
  /** UTC milliseconds. */
  readonly at: number;
  /** Null: it works. Why it does not is in `details.reason`. */
  readonly error: ErrorShape | null;
  /** From asking to the answer, the way to the proxy and through it included. */
  readonly latencyMs: number | null;
  readonly egressV4: string | null;
  readonly egressV6: string | null;
  /** Two letters and a name, by the look-up service. */
  readonly country: string | null;
  readonly city: string | null;
}

/** A proxy as the page shows it: never with its password or rotation link. */
export interface ProxyView {
  readonly id: number;
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hasPassword: boolean;
  readonly hasRotation: boolean;
  readonly name: string;
  readonly provider: string;
  readonly tag: string;
  readonly note: string;
  /** Two letters, as its list said; null: it said nothing. */
  readonly country: string | null;
  /** UTC milliseconds; null: permanent. */
  readonly expiresAt: number | null;
  readonly state: ProxyState;
  /** Stores that leave by it, and apps whose API calls do. */
  readonly storeIds: readonly number[];
  readonly appIds: readonly number[];
  readonly check: ProxyCheck | null;
  /** Other proxies that came out at the same address when they were last looked at. */
  readonly sameEgress: readonly number[];
  /** Bytes it may carry in a calendar month before a person is told; null: no budget. Nothing stops at it. */
  readonly budget: number | null;
  /** Bytes it has carried this month, both ways, as last counted. */
  readonly used: number;
}

const host = z.string().trim().min(1).max(253);
const port = z.number().int().min(1).max(65_535);
const secret = z.string().max(500);
const words = z.string().trim().max(200);
const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .nullable();
const moment = z.number().int().nonnegative();

/** A link that gives a proxy another address; '' is none. */
const rotation = z
  .string()
  .trim()
  .max(2000)
  .regex(/^(?:https?:\/\/[^\s/?#]\S*)?$/i);

const shape = {
  protocol,
  host,
  port,
  username: secret,
  password: secret,
  rotation,
  name: words,
  provider: words,
  tag: words,
  note: z.string().trim().max(2000),
  country,
  /** UTC milliseconds; null: permanent. */
  expiresAt: moment.nullable(),
};

/** All that a person or a list says of a proxy. */
const details = z.object({
  ...shape,
  username: shape.username.default(''),
  password: shape.password.default(''),
  rotation: shape.rotation.default(''),
  name: shape.name.default(''),
  provider: shape.provider.default(''),
  tag: shape.tag.default(''),
  note: shape.note.default(''),
  country: shape.country.default(null),
  expiresAt: shape.expiresAt.default(null),
});
export type ProxyDetails = z.infer<typeof details>;

/** Some of it. No defaults here: what is left out must stay as it is. */
const change = z.object({
  protocol: shape.protocol.exactOptional(),
  host: shape.host.exactOptional(),
  port: shape.port.exactOptional(),
  username: shape.username.exactOptional(),
  password: shape.password.exactOptional(),
  rotation: shape.rotation.exactOptional(),
  name: shape.name.exactOptional(),
  provider: shape.provider.exactOptional(),
  tag: shape.tag.exactOptional(),
  note: shape.note.exactOptional(),
  country: shape.country.exactOptional(),
  expiresAt: shape.expiresAt.exactOptional(),
});

/**
 * Why a row of a list can't be taken as it stands, and what to do; the page has a sentence for each.
 * `ambiguous` ones are asked about: nothing is guessed.
 */
export type ImportProblem =
  | 'no-address'
  | 'bad-host'
  | 'bad-port'
  | 'bad-protocol'
  | 'bad-expiry'
  | 'expired'
  | 'bad-country'
  | 'bad-rotation'
  | 'too-long'
  | 'twice-in-list'
  | 'unknown-store'
  | 'unreadable';

/** What becomes of a row. `changed`: the same host, port and user name is there with other details. */
export type ImportVerdict = 'new' | 'duplicate' | 'changed' | 'ambiguous' | 'wrong';

/** One row of a list as it was understood. Rows count from 1, as the person sees them. */
export interface ImportRow {
  readonly row: number;
  /** The row as it stood, its passwords too: the person wrote it and may correct it. */
  readonly source: string;
  readonly verdict: ImportVerdict;
  /**
   * As the proxy will be: what the row does not say is as the proxy has it that is there already. But the password and
   * the rotation link are only the row's own. Null in `wrong` and `ambiguous`.
   */
  readonly details: ProxyDetails | null;
  /** Only in `wrong`. */
  readonly problem: ImportProblem | null;
  /** Only in `ambiguous`: what it may mean, best first and as `details` are; the person picks one, though it be alone. */
  readonly readings: readonly ProxyDetails[];
  /** The proxy that is there already: in `duplicate` and `changed`. */
  readonly proxyId: number | null;
  /** Only in `changed`: which details differ. */
  readonly changes: readonly (keyof ProxyDetails)[];
  /** Stores the row names, where they are known by that name. */
  readonly storeIds: readonly number[];
}

/** A file's bytes in base64, or what was pasted. */
const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(7_500_000) }),
  z.object({
    kind: z.literal('file'),
    name: z.string().min(1).max(255),
    base64: z.string().max(7_500_000),
  }),
]);

/** The most rows one list may have. */
export const MAX_IMPORT_ROWS = 100_000;

/** A list as far as it was read; long ones come in parts. */
export interface ImportPart {
  readonly rows: readonly ImportRow[];
  /** Rows of the whole list. */
  readonly total: number;
  /** What to ask `proxies.previewRest` with for the rows behind these; null: there are none. */
  readonly rest: string | null;
}

/** What is to be saved of a list, once the person has seen it. */
const decided = z.object({
  details,
  /** The proxy it changes; null: it is new. */
  proxyId: idSchema.nullable(),
  storeIds: z.array(idSchema).max(500).default([]),
});

/** What a proxy that is bound or taken away would bring about; shown before it is done. */
export interface BindWarning {
  readonly storeId: number;
  readonly kind:
    /** Another account was seen under its address within 90 days. */
    | 'used-by-other'
    /** Two accounts would leave by one address. */
    | 'shared'
    /** It comes out in another country than the store's site, or than the store's proxy so far. */
    | 'other-country'
    | 'country-changes'
    /** It has ended, is disabled, or did not work when it was last looked at. */
    | 'not-working';
  /** The other store, in `used-by-other` and `shared`. */
  readonly otherStoreId: number | null;
  /** When it was last seen so, UTC milliseconds. */
  readonly at: number | null;
}

/** A run of checks: what it has done so far, or, once it is over, what it found. */
export interface ProxyChecks {
  readonly isRunning: boolean;
  readonly total: number;
  readonly done: number;
  /** Of these, proxies that do not work. */
  readonly failed: number;
  /** Of these, proxies that work, but whose address the look-up service did not tell. */
  readonly unseen: number;
  /** Of these, proxies of which nothing was found out, for reasons that are not theirs: nothing is kept of those. */
  readonly unknown: number;
  /** The newest of those reasons. */
  readonly error: ErrorShape | null;
}

/** An address a store's account was seen under, when it was tested and when it left a proxy. UTC milliseconds. */
export interface AccountExit {
  readonly ip: string;
  /** By which proxy it last came out there; null: that proxy was removed. */
  readonly proxyId: number | null;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Other accounts seen under it within 90 days, each by one of its stores, with when it last was. */
  readonly others: readonly { readonly storeId: number; readonly at: number }[];
}

/** An app by which stores' API calls are made. */
export interface ApiApp {
  readonly id: number;
  readonly platform: PlatformId;
  /** The end of its key, by which its owner knows it. */
  readonly keyEnd: string;
  readonly storeIds: readonly number[];
  /** By which proxy its calls leave, whatever its stores' own; null: each by its store's. */
  readonly exitProxyId: number | null;
}

/** What passed through a proxy for one account on one day, in bytes. Days are those of the engine's computer, YYYY-MM-DD. */
export interface TrafficDay {
  readonly proxyId: number;
  readonly accountId: number;
  readonly day: string;
  readonly sent: number;
  readonly received: number;
}

/** Proxies and by which of them stores leave. Feed: `proxies`. */
export const proxiesContract = {
  'proxies.list': call<{ proxies: ProxyView[] }>()(z.object({})),
  /**
   * Reads a list and says what would become of each row; nothing is saved. Dates without an offset are of `zone`, and a
   * bare date means the end of that day there. `protocol` is of new proxies whose rows name none. `columns`: what those
   * of a table mean ('' for those of no meaning); [] for a list of lines. Errors: `invalid` with reason
   * `unreadable-file`, `too-many-rows`, `empty`, `unknown-zone`.
   */
  'proxies.preview': longCall<ImportPart & { columns: readonly string[] }>()(
    z.object({ source, protocol: protocol.default('http'), zone: z.string().min(1).max(60) }),
  ),
  /**
   * The next rows of a list: `rest` is what the part before answered. Error: `not-found` once the list was forgotten, two
   * minutes after it was last asked for.
   */
  'proxies.previewRest': call<ImportPart>()(z.object({ rest: z.string().max(100) })),
  /** One row that the person corrected; in a table, with the `columns` its preview answered. */
  'proxies.previewRow': call<ImportRow>()(
    z.object({
      row: z.number().int().min(1),
      text: z.string().max(10_000),
      columns: z.array(z.string().max(20)).max(200).default([]),
      protocol: protocol.default('http'),
      zone: z.string().min(1).max(60),
    }),
  ),
  /**
   * Saves what was decided, all or nothing, and binds stores to what their rows name. Where a row changes a proxy, texts
   * that are empty stay as they are, the country too. Errors: `conflict` with `details.row` (counting from 0 in `rows`)
   * where the desk has changed since the preview, or two rows don't agree. Reasons: `exists` (it is there by now), `gone`,
   * `other` (`proxyId` has another host, port or user name by now), `twice`, `expired`, `no-store`, `two-proxies` (another
   * row binds a store of the same account elsewhere).
   */
  'proxies.import': longCall<{ added: number; changed: number; bound: number }>()(
    z.object({ rows: z.array(decided).min(1).max(MAX_IMPORT_ROWS) }),
  ),
  /**
   * Changes what is given; an empty text takes away what was there. Errors: `invalid` with reason `bad-host`, `conflict`
   * with reason `exists` when another proxy has that host, port and user name.
   */
  'proxies.change': call<ProxyView>()(
    z.object({
      proxyId: idSchema,
      change,
      disabled: z.boolean().optional(),
      /** Bytes a month; null takes it away. */
      budget: z.number().int().min(1).max(1e15).nullable().optional(),
    }),
  ),
  /** Passwords and rotation links of these, for a list that a person asked to hold them; '' where there is none. */
  'proxies.secrets': call<{
    secrets: { readonly proxyId: number; readonly password: string; readonly rotation: string }[];
  }>()(z.object({ proxyIds: z.array(idSchema).min(1).max(MAX_IMPORT_ROWS) })),
  /** Error: `conflict` with reason `in-use` while a store or an app leaves by it. */
  'proxies.remove': call<null>()(z.object({ proxyIds: z.array(idSchema).min(1).max(MAX_IMPORT_ROWS) })),
  /** What binding these would bring about; nothing is done. */
  'proxies.weigh': call<{ warnings: BindWarning[] }>()(
    z.object({ storeIds: z.array(idSchema).min(1).max(500), proxyId: idSchema.nullable() }),
  ),
  /** By which proxy these stores' accounts leave; null: directly. Open connections of theirs end first. */
  'proxies.bind': call<null>()(
    z.object({ storeIds: z.array(idSchema).min(1).max(500), proxyId: idSchema.nullable() }),
  ),
  /**
   * Each store of the first moves to the one beside it, all or nothing. The exits of apps stay: platforms know their
   * addresses. Errors: `conflict` with `details.row` of `pairs`, and reason `not-ready` (the second has ended or is
   * disabled) or `twice` (the first stands in two pairs).
   */
  'proxies.replace': call<null>()(
    z.object({
      pairs: z
        .array(z.object({ from: idSchema, to: idSchema }))
        .min(1)
        .max(5000),
    }),
  ),
  /** The apps of this desk. */
  'proxies.apps': call<{ apps: ApiApp[] }>()(z.object({})),
  /** By which proxy an app's API calls leave, whatever its stores' own; null: each by its store's. */
  'proxies.setApiExit': call<null>()(z.object({ appId: idSchema, proxyId: idSchema.nullable() })),
  /**
   * Looks at these proxies, some at a time, each through a forwarder of its own in front of it: whether it carries
   * anything, where it comes out, and how long an answer takes. Joins a run that goes on; null: all of them. Their state
   * stays as it is, and rotation links are not called. What keeps one from working is in its `check.error`, reasons
   * `proxy-name`, `proxy-refused`, `proxy-password`, `proxy-timeout`, `proxy-reset`, `proxy-tls`, `proxy-denied`,
   * `proxy-target`, `proxy-broken`. Error: `unreachable` with reason `read-only`.
   */
  'proxies.check': call<ProxyChecks>()(
    z.object({ proxyIds: z.array(idSchema).min(1).max(MAX_IMPORT_ROWS).nullable() }),
  ),
  /** The run that goes on, or what the last one found; null: none since the start, or it was dismissed. */
  'proxies.checks': call<{ checks: ProxyChecks | null }>()(z.object({})),
  /** Ends the run at once, or dismisses what the last one found. Nothing is kept of what was not finished. */
  'proxies.cancelChecks': call<null>()(z.object({})),
  /** The newest 50 looks at a proxy, newest first. */
  'proxies.history': call<{ checks: ProxyCheck[] }>()(z.object({ proxyId: idSchema })),
  /** Every address a store's account was seen under, the last first; stores of one account share them. */
  'proxies.exitsOf': call<{ exits: AccountExit[] }>()(z.object({ storeId: idSchema })),
  /** From this day on, oldest first, up to now. */
  'proxies.traffic': call<{ days: TrafficDay[] }>()(
    z.object({ since: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
  ),
};
