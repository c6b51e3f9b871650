import type { PlatformId } from '../../contract/models.ts';
import type { CallName } from '../api/types.ts';
import type { Effect } from '../world/effects.ts';

// Times are UTC milliseconds by the machine's clock, whatever the platforms' own clocks show.

/** The first line: what the world was made from. */
export interface StartEntry {
  readonly kind: 'start';
  readonly at: number;
  readonly seed: string;
  readonly baseAt: number;
  /** What the past that was made from these looks like; missing in journals of the first versions. */
  readonly world?: string;
}

/** One request to a platform's port, written before its answer goes out. */
export interface RequestEntry {
  readonly kind: 'request';
  readonly at: number;
  readonly platform: PlatformId;
  readonly shopId: string | null;
  readonly conversationId: string | null;
  readonly method: string;
  readonly path: string;
  readonly call: CallName;
  /** Query and body with tokens, codes and signatures blotted out. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** `ok`, the platform's error code, or how the line ended. */
  readonly outcome: string;
  /** HTTP status of the answer; null when none was given. */
  readonly status: number | null;
  /** The message a send made: whatever became of the answer, this one was accepted. */
  readonly messageId: string | null;
  /** The fault that was applied. */
  readonly fault: string | null;
  readonly effects: readonly Effect[];
}

/** Something a buyer did. */
export interface BuyerEntry {
  readonly kind: 'buyer';
  readonly at: number;
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly conversationId: string;
  readonly messageId: string;
  /** The fault that was applied. */
  readonly fault: string | null;
  readonly effects: readonly Effect[];
}

/** A platform's clock was set. */
export interface ClockEntry {
  readonly kind: 'clock';
  readonly at: number;
  readonly platform: PlatformId;
  readonly effects: readonly Effect[];
}

/** One attempt to deliver a push. */
export interface PushEntry {
  readonly kind: 'push';
  readonly at: number;
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly messageId: string | null;
  /** The platform's number for what happened: Shopee's code, the others' type. */
  readonly event: number;
  /** 1 is the first attempt. */
  readonly attempt: number;
  /** HTTP status, or why there was none. */
  readonly outcome: string;
  readonly effects: readonly Effect[];
}

/** New tokens for a shop whose refresh token had run out while the sandbox was not running. */
export interface RenewalEntry {
  readonly kind: 'renewal';
  readonly at: number;
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly effects: readonly Effect[];
}

/** One request to a seller centre, or a command about one. */
export interface SellerEntry {
  readonly kind: 'seller';
  readonly at: number;
  readonly platform: PlatformId;
  readonly site: string;
  /** The address it came from. */
  readonly from: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Who is signed in; null: nobody. */
  readonly user: string | null;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly effects: readonly Effect[];
}

export type JournalEntry =
  StartEntry | RequestEntry | BuyerEntry | ClockEntry | PushEntry | RenewalEntry | SellerEntry;
/** As it stands in the file: numbered from 1. */
export type JournalLine = JournalEntry & { readonly seq: number };
