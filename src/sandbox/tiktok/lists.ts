import type { ApiAnswer } from '../api/types.ts';
import { byNewest, lastAt } from '../world/reading.ts';
import { TiktokCode, tiktokError, tiktokOk } from './answers.ts';
import { pathConversation, type TiktokContext } from './context.ts';
import { tiktokConversation, tiktokMessage } from './views.ts';

const CONVERSATION_PAGE = 20;
const MESSAGE_PAGE = 10;

/** A page size within its limit, or null: it is required. */
function pageSize(text: string | null, limit: number): number | null {
  if (text === null || !/^\d{1,4}$/.test(text)) return null;
  const size = Number(text);
  return size >= 1 && size <= limit ? size : null;
}

/** Page tokens are opaque to a client; here they hold where the page before ended. */
function writeToken(parts: readonly string[]): string {
  return Buffer.from(parts.join('|'), 'utf8').toString('base64url');
}

function readToken(token: string | null): string[] | null {
  return token === null || token === '' ? null : Buffer.from(token, 'base64url').toString('utf8').split('|');
}

/** `GET conversations`: newest first; an empty `next_page_token` is the end. */
export function conversations({ parts, shop, request }: TiktokContext): ApiAnswer {
  const size = pageSize(request.query.get('page_size'), CONVERSATION_PAGE);
  if (size === null) return tiktokError(TiktokCode.invalid, 'page_size must be between 1 and 20');
  const token = readToken(request.query.get('page_token'));
  const [at, id] = [Number(token?.[0] ?? Number.MAX_SAFE_INTEGER), token?.[1] ?? ''];
  if (token !== null && (!Number.isFinite(at) || id === ''))
    return tiktokError(TiktokCode.invalid, 'page_token is invalid');
  const wanted = byNewest(shop).filter((one) => {
    const time = lastAt(one);
    return time < at || (time === at && one.id < id);
  });
  const page = wanted.slice(0, size);
  const last = page.at(-1);
  const more = wanted.length > page.length && last !== undefined;
  const data = {
    next_page_token: more ? writeToken([String(lastAt(last)), last.id]) : '',
    conversations: page.map((one) => tiktokConversation(parts, shop, one)),
  };
  return tiktokOk(data, request.now);
}

/** `GET conversations/{id}/messages`: newest first unless `sort_order` is ASC; does not mark as read. */
export function messages(context: TiktokContext): ApiAnswer {
  const { parts, shop, request } = context;
  const conversation = pathConversation(context);
  if (conversation === undefined) return tiktokError(TiktokCode.notFound);
  const size = pageSize(request.query.get('page_size'), MESSAGE_PAGE);
  if (size === null) return tiktokError(TiktokCode.invalid, 'page_size must be between 1 and 10');
  const order = request.query.get('sort_order') ?? 'DESC';
  const field = request.query.get('sort_field') ?? 'create_time';
  if (!['DESC', 'ASC'].includes(order) || !['create_time', 'index'].includes(field)) {
    return tiktokError(TiktokCode.invalid, 'sort_order or sort_field is invalid');
  }
  const token = readToken(request.query.get('page_token'));
  const seq = token === null ? null : Number(token[1]);
  if (token !== null && (token[0] !== order || !Number.isSafeInteger(seq))) {
    return tiktokError(TiktokCode.invalid, 'page_token is invalid');
  }
  const sorted = order === 'DESC' ? conversation.messages.toReversed() : conversation.messages;
  const wanted = sorted.filter((one) => seq === null || (order === 'DESC' ? one.seq < seq : one.seq > seq));
  const page = wanted.slice(0, size);
  const last = page.at(-1);
  const more = wanted.length > page.length && last !== undefined;
  const data = {
    next_page_token: more ? writeToken([order, String(last.seq)]) : '',
    unsupported_msg_tips: '',
    messages: page.map((one) => tiktokMessage(parts, shop, conversation, one)),
  };
  return tiktokOk(data, request.now);
}
