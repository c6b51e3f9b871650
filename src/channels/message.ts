import type { RemoteAuthor, RemoteKind, RemoteMessage } from './channel.ts';
import { derivedId } from './digest.ts';
import { type Json, isList, writeJson } from './json.ts';
import { asNumber, asText, asWord } from './readers.ts';
import { cleanText, cleanUrl } from './clean.ts';

/** Longest raw form that is kept, in UTF-16 units. */
const maxRawLength = 64_000;

type Card = NonNullable<RemoteMessage['card']>;
type Image = NonNullable<RemoteMessage['image']>;

/** What stands around a message's content. Null marks a field without which the message can't be understood. */
interface MessageHead {
  readonly remoteId: string | null;
  readonly conversationId: string | null;
  readonly author: RemoteAuthor | null;
  readonly at: number | null;
  readonly sequence: string;
  readonly type: string | null;
  readonly recalled?: boolean;
  readonly visible?: boolean;
  readonly notice?: string | null;
}

/** What a message says. */
export interface MessageBody {
  readonly kind: RemoteKind;
  readonly text?: string | null;
  readonly translation?: RemoteMessage['translation'];
  readonly image?: Image | null;
  readonly card?: Card | null;
}

/** A message whose time may still be missing. */
export type MessageDraft = Omit<RemoteMessage, 'at'> & { readonly at: number | null };

/** A type that Counterdesk doesn't know. */
export const unsupported: MessageBody = { kind: 'unsupported' };

/** The body of a message of pure text; null (unreadable) where the text is missing. */
export function textBody(text: string | null): MessageBody | null {
  return text === null ? null : { kind: 'text', text };
}

/** A translation the platform delivers with a text; null without one. */
export function translationOf(text: Json | undefined, from?: Json, to?: Json): RemoteMessage['translation'] {
  const words = asText(text);
  return words === null || words.trim() === '' ? null : { text: words, from: asWord(from), to: asWord(to) };
}

export function imageOf(url: Json | undefined, width?: Json, height?: Json): Image | null {
  const address = cleanUrl(asText(url));
  return address === null ? null : { url: address, width: pixels(width), height: pixels(height) };
}

/** A card from whatever fields a platform gives; words are cut to a screen's measure. */
export function cardOf(fields: { readonly [Key in keyof Card]?: Json | undefined }): Card {
  return {
    title: asWord(fields.title),
    subtitle: asWord(fields.subtitle),
    reference: asWord(fields.reference),
    status: asWord(fields.status),
    price: asWord(fields.price),
  };
}

/** A card that stands for one thing on the platform; null (unreadable) without its number. */
export function cardBody(kind: RemoteKind, card: Card, image: Image | null = null): MessageBody | null {
  return card.reference === null ? null : { kind, card, image };
}

/**
 * Joins head and body. A missing body, id, conversation, author, time or type makes the message `unreadable`: it keeps
 * its place with its raw form. Without an id it gets one derived from the raw form, so that it stays one row; without an
 * author it counts as the buyer's, so that it is looked at.
 */
export function toDraft(
  item: Json,
  conversationId: string,
  head: MessageHead,
  read: () => MessageBody | null,
): MessageDraft {
  const { remoteId, author, at, type } = head;
  const complete =
    remoteId !== null && head.conversationId !== null && author !== null && at !== null && type !== null;
  const body: MessageBody = (complete ? read() : null) ?? { kind: 'unreadable' };
  const understood = body.kind !== 'unreadable' && body.kind !== 'unsupported';
  const raw = understood && remoteId !== null ? null : writeJson(item);
  return {
    remoteId: remoteId ?? derivedId(`${conversationId}\n${raw ?? ''}`),
    conversationId: head.conversationId ?? conversationId,
    author: author ?? 'buyer',
    kind: body.kind,
    at,
    sequence: /^\d{1,40}$/.test(head.sequence) ? head.sequence : '',
    text: body.text ?? null,
    ...(body.translation == null ? {} : { translation: body.translation }),
    image: body.image ?? null,
    card: body.card ?? null,
    type: type ?? '',
    recalled: head.recalled ?? false,
    visible: head.visible ?? true,
    notice: head.notice ?? null,
    raw: raw === null ? null : cleanText(raw.slice(0, maxRawLength)),
  };
}

/** Reads every item of a page; the page is never given up for one of them. */
export function readMessages(
  items: Json | undefined,
  now: number,
  read: (item: Json) => MessageDraft,
): RemoteMessage[] {
  return isList(items) ? withTimes(items.map(read), now) : [];
}

/**
 * Gives messages without a readable time that of their older neighbour, which stays the same however far the thread
 * has grown since; at the end of a page that of the newer one; else the time of reading. Newest first.
 */
function withTimes(drafts: readonly MessageDraft[], now: number): RemoteMessage[] {
  const times = drafts.map((draft) => draft.at);
  for (let index = times.length - 2; index >= 0; index -= 1) times[index] ??= times[index + 1] ?? null;
  for (let index = 1; index < times.length; index += 1) times[index] ??= times[index - 1] ?? null;
  return drafts.map((draft, index) => ({ ...draft, at: times[index] ?? now }));
}

function pixels(value: Json | undefined): number | null {
  const number = asNumber(value);
  return number !== null && number >= 1 && number <= 100_000 ? Math.round(number) : null;
}
