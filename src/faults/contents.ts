import type { SendableCard } from '../contract/outbox.ts';

/** What one message of a run holds. */
export type SentContent =
  | { readonly kind: 'text'; readonly text: string }
  /** `hash`: the SHA-256 of its bytes. */
  | { readonly kind: 'image'; readonly hash: string }
  | { readonly kind: SendableCard; readonly reference: string; readonly code: string | null };

/** What of a message can be told from either side: its kind, and its words, SHA-256 or the number of the thing. */
export interface Likeness {
  readonly kind: string;
  readonly what: string;
}

/** The same of what a run sends. */
export function likenessOf(content: SentContent): Likeness {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', what: content.text };
    case 'image':
      return { kind: 'image', what: content.hash };
    default:
      return { kind: content.kind, what: content.reference };
  }
}

/**
 * What a message is counted by: the `text` of journal.jsonl and claims.jsonl. Of a text its words, of a picture the
 * SHA-256 of its bytes, of a card the number of its thing and the platform's id of the conversation: a shop has few
 * things, and the same one may go to many buyers, never twice to one.
 */
export function markOf({ kind, what }: Likeness, conversation: string): string {
  if (kind === 'text') return what;
  return kind === 'image' ? `image ${what}` : `${kind} ${what} in ${conversation}`;
}
