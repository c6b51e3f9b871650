import { asRecord, asText, parseJson } from '../sandbox/api/json.ts';
import type { JournalLine, RequestEntry } from '../sandbox/journal/entry.ts';
import type { Content } from '../sandbox/world/model.ts';
import type { Likeness } from './contents.ts';

export type RequestLine = Extract<JournalLine, RequestEntry>;

/** What a message of the sandbox holds, in the run's words. */
export function likenessOfContent(content: Content): Likeness {
  switch (content.kind) {
    case 'upload':
      return { kind: 'image', what: content.upload.sha256 };
    case 'order':
      return { kind: 'order', what: content.orderId };
    case 'product':
      return { kind: 'product', what: content.itemId };
    case 'voucher':
      return { kind: 'voucher', what: content.voucherId };
    default:
      return 'text' in content ? { kind: 'text', what: content.text } : { kind: content.kind, what: '' };
  }
}

/** The fields a send can carry its content in, whatever the platform; the first that is there tells the kind. */
const fields: readonly (readonly [kind: string, names: readonly string[]])[] = [
  ['image', ['image_url', 'img_url', 'url']],
  ['order', ['order_sn', 'order_id']],
  ['product', ['item_id', 'product_id']],
  ['voucher', ['voucher_id', 'promotion_id', 'coupon_id']],
  ['text', ['text', 'txt', 'content']],
];

/** The SHA-256 in the name an uploaded picture goes by. */
const hashIn = (url: string): string => /[0-9a-f]{64}/.exec(url)?.[0] ?? url;

/** The part of a send's body that holds its content. Lazada's stands among the parameters. */
function contentFields({ platform, body, query }: RequestLine): Record<string, unknown> {
  const whole = asRecord(body) ?? {};
  if (platform === 'lazada') return { ...query, ...whole };
  const { content } = whole;
  return asRecord(typeof content === 'string' ? parseJson(content) : content) ?? {};
}

/** What a send asked for, read from its body; empty words where it says nothing. */
function likenessOfSend(line: RequestLine): Likeness {
  const said = contentFields(line);
  for (const [kind, names] of fields) {
    const what = names.map((name) => asText(said[name])).find((value) => value !== null);
    if (what !== undefined && what !== null) return { kind, what: kind === 'image' ? hashIn(what) : what };
  }
  return { kind: 'text', what: '' };
}

/** The picture of an upload. */
function likenessOfUpload({ body }: RequestLine): Likeness {
  const { parts } = asRecord(body) ?? {};
  const hashes = (Array.isArray(parts) ? parts : []).map((part) => asText(asRecord(part)?.['sha256']));
  return { kind: 'image', what: hashes.find((hash) => hash !== null) ?? '' };
}

/** What a send or an upload asked for. */
export function likenessOfAsked(line: RequestLine): Likeness {
  return line.call === 'upload' ? likenessOfUpload(line) : likenessOfSend(line);
}
