import type { ImportProblem, ProxyProtocol } from '../../../contract/proxies.ts';

/** What a row says of a proxy, and nothing that it does not say. */
export interface Said {
  /** Null: the row names none. */
  readonly protocol: ProxyProtocol | null;
  readonly host: string;
  readonly port: number;
  /** '' in these: the row says nothing of it. */
  readonly username: string;
  readonly password: string;
  readonly rotation: string;
  readonly name: string;
  readonly provider: string;
  readonly tag: string;
  readonly note: string;
  readonly country: string | null;
  /** UTC milliseconds; null: permanent, the row says so; undefined: it says nothing. */
  readonly expiresAt: number | null | undefined;
}

/** How a row was understood. */
export type Reading =
  | {
      readonly kind: 'said';
      /** Best first. */
      readonly said: readonly Said[];
      /** There is one reading, and it needs nobody's word. */
      readonly isSure: boolean;
      /** Names of stores as the row gives them; '' for none. */
      readonly stores: string;
    }
  | { readonly kind: 'wrong'; readonly problem: ImportProblem };

export const wrong = (problem: ImportProblem): Reading => ({ kind: 'wrong', problem });

/** The longest each may be; the contract's own limits. */
const LONGEST = { secret: 500, words: 200, note: 2000, rotation: 2000 } as const;

// Controls, marks that turn the reading direction, and what nobody can see: never part of a user name or a password.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const UNSEEN_IN_WORDS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** A text for people on one line, without what could turn or hide the rest of the screen. */
export function words(text: string): string {
  if (text === '') return text;
  return text.toWellFormed().replace(UNSEEN_IN_WORDS, ' ').trim();
}

/** What keeps these details from being saved as they stand; null: nothing. Texts must have been through `words`. */
export function problemOf(said: Said): ImportProblem | null {
  const { username, password, rotation, name, provider, tag, note } = said;
  if (username.length > LONGEST.secret || password.length > LONGEST.secret) return 'too-long';
  if (isUnseen(username) || isUnseen(password)) return 'unreadable';
  if (name.length > LONGEST.words || provider.length > LONGEST.words || tag.length > LONGEST.words)
    return 'too-long';
  if (note.length > LONGEST.note || rotation.length > LONGEST.rotation) return 'too-long';
  return rotation === '' || isLink(rotation) ? null : 'bad-rotation';
}

function isUnseen(text: string): boolean {
  return UNSEEN.test(text) || !text.isWellFormed();
}

/** A link that can be called: http or https, with a host, and nothing unseen in it. */
export function isLink(text: string): boolean {
  return /^https?:\/\/[^\s/?#]/i.test(text) && !/\s/.test(text) && !isUnseen(text) && URL.canParse(text);
}
