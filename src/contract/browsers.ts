import { z } from 'zod';
import type { ErrorShape } from '../base/errors.ts';
import { call } from './define.ts';
import { idSchema } from './models.ts';

/**
 * Whether an account is signed in to its seller centre, as its browser saw last. `challenge`: the platform wants something
 * of a person first (a code, a puzzle). `unknown`: nobody has looked yet, or what was seen says neither.
 */
export const signInStatuses = ['signed-in', 'signed-out', 'challenge', 'unknown'] as const;
export type SignInStatus = (typeof signInStatuses)[number];

/**
 * `asleep`: its pages are closed, and what it keeps stays in memory; it wakes where it was. `closed`: nothing of it is in
 * memory, its session lies on the disk.
 */
export type BrowserState = 'closed' | 'opening' | 'open' | 'asleep';

/** The isolated browser of one account, which holds one store, or several by a person's choice. */
export interface BrowserView {
  readonly accountId: number;
  /** Of the account; more than one where they share it. */
  readonly storeIds: readonly number[];
  readonly state: BrowserState;
  readonly signIn: {
    readonly status: SignInStatus;
    /** UTC milliseconds; null: never. */
    readonly since: number | null;
    readonly checkedAt: number | null;
  };
  /**
   * Whose pages it shows. `other`: another shop than any of the account's stores, or another than it was opened for: a
   * person signed in elsewhere. Nothing is done in it then. `storeId`: which of them, where that is proved.
   */
  readonly shop: { readonly proof: 'proved' | 'other' | 'unknown'; readonly storeId: number | null };
  /** Something is kept of its session. */
  readonly hasSession: boolean;
  /** Why it is not as it should be: `proxy-refused` and the like, `browser-crashed`, `page-crashed`. */
  readonly error: ErrorShape | null;
}

/** The browser program that shows stores, and what it may use. */
export interface BrowserProgram {
  /** Null: none is installed on this computer. */
  readonly name: string | null;
  readonly version: string | null;
  /** Without a display nothing can be shown, and nobody can sign in by hand. */
  readonly isWindowed: boolean;
  /** Bytes that all stores' browsers use, where they can be told, and may use. */
  readonly memory: number | null;
  readonly memoryCap: number;
}

/** Sign-ins that are being looked at. */
export interface SignInChecks {
  readonly isRunning: boolean;
  readonly total: number;
  readonly done: number;
}

/** A file that a store's page gave. */
export interface StoreDownload {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What following a link of a message would do. `host`: the true one, as it is to be shown. */
export interface LinkJudgement {
  /** `store`: opens in the store's browser. `other`: a person is asked first. `refused`: it is no web address. */
  readonly kind: 'store' | 'other' | 'refused';
  readonly host: string;
  /** It looks like another host than it is: letters of several scripts, or a name in it that is not the host. */
  readonly isDeceptive: boolean;
}

/** One thing a check of a store's isolation looked at. */
export interface IsolationFinding {
  readonly what: 'ip' | 'dns' | 'webrtc' | 'time-zone' | 'language' | 'storage';
  /** `unclear`: could not be looked at; `seen` says why. */
  readonly verdict: 'good' | 'bad' | 'unclear';
  /** What was seen, and what should be: addresses, a zone, a language. Never a secret. */
  readonly seen: string | null;
  readonly expected: string | null;
}

/** What came of checking one store. */
export interface IsolationReport {
  readonly storeId: number;
  readonly at: number;
  readonly findings: readonly IsolationFinding[];
}

const storeId = z.object({ storeId: idSchema });

/** The isolated browsers of accounts. Feed: `browsers` with account ids. */
export const browsersContract = {
  'browsers.list': call<{ browsers: BrowserView[]; program: BrowserProgram; checks: SignInChecks | null }>()(
    z.object({}),
  ),
  /**
   * Opens the store's browser at its seller centre, or brings it to the front; answers once its window is there. Errors:
   * `unreachable` with reason `no-browser`, `no-display`, `no-seller-centre`, `proxy-ended`, `proxy-disabled`,
   * `proxy-required`, `read-only`, `browser-crashed`, or `browser-leaks`: this program sends calls past its proxy.
   */
  'browsers.open': call<null>()(storeId),
  /** Closes the browser of the store's account; its session is kept. */
  'browsers.close': call<null>()(storeId),
  /** Looks whether these are signed in (null: all), some at a time and at a person's pace; joins a run that goes on. */
  'browsers.check': call<SignInChecks>()(
    z.object({ storeIds: z.array(idSchema).min(1).max(500).nullable() }),
  ),
  'browsers.cancelChecks': call<null>()(z.object({})),
  /** Forgets the session of the store's account: cookies, storage, everything its browser kept but downloads. */
  'browsers.clear': call<null>()(storeId),
  /** What following this link of a message would do. */
  'browsers.judgeLink': call<LinkJudgement>()(z.object({ storeId: idSchema, url: z.string().max(8000) })),
  /**
   * Opens a link in the browser of the store it came to. Errors: `rejected` with reason `other-host` unless `confirmed`,
   * `other-shop` where the browser shows another shop; those of `browsers.open`.
   */
  'browsers.openLink': call<null>()(
    z.object({ storeId: idSchema, url: z.string().max(8000), confirmed: z.boolean().default(false) }),
  ),
  /** Newest first, with the folder they lie in. */
  'browsers.downloads': call<{ folder: string; files: StoreDownload[] }>()(storeId),
  /**
   * These stores share one account, and so one browser and one proxy: that of the first, or where it has none that of the
   * next that has one. A person chose it, for they are signed in to together. Errors: `conflict` with reason `other-platform` (of another platform or environment) or `open`
   * (one of the browsers is open).
   */
  'browsers.share': call<null>()(z.object({ storeIds: z.array(idSchema).min(2).max(100) })),
  /** The store gets an account of its own again, without a session; its proxy stays. Error: `conflict`, reason `open`. */
  'browsers.separate': call<null>()(storeId),
  /** Looks at what a page of this store's browser gives away, by the services of the settings. Errors: of `browsers.open`. */
  'browsers.isolation': call<IsolationReport>()(storeId),
};
