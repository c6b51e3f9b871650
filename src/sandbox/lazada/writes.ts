import type { ApiAnswer } from '../api/types.ts';
import { uploadAt } from '../api/uploads.ts';
import { orderCard, productCard, voucherCard } from '../world/catalogue.ts';
import type { Content } from '../world/model.ts';
import { lazadaError, lazadaOk, lazadaRefusal } from './answers.ts';
import { namedSession, type LazadaContext } from './context.ts';
import { answersTexts } from './views.ts';

const RECALL_MS = 120_000;
const DAY = 86_400_000;
/** Further messages to a buyer who has been silent for a day. */
const MAX_AFTER_SILENCE = 5;

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** What a send's parameters hold, by template, or the refusal. */
function readContent({ parts, shop, params }: LazadaContext): Content | ApiAnswer {
  const missing = (name: string): ApiAnswer =>
    lazadaError('MissingParameter', `The input parameter "${name}" is missing`);
  const unknown = (what: string): ApiAnswer => lazadaRefusal('404', `${what} does not exist`);
  const text = params.get('txt') ?? '';
  switch (params.get('template_id')) {
    case '1':
      return text === '' ? missing('txt') : { kind: 'text', text };
    case '3': {
      const [url, width, height] = [
        params.get('img_url'),
        wholeNumber(params.get('width')),
        wholeNumber(params.get('height')),
      ];
      if (!url) return missing('img_url');
      if (width === null || height === null) return missing('width');
      const upload = uploadAt(parts.world, shop.key, url, parts.fileUrl);
      if (upload === undefined) return lazadaError('InvalidParameter', 'img_url is invalid');
      return { kind: 'upload', upload: { ...upload, width, height } };
    }
    case '4':
      return /^\[.+\]$/.test(text)
        ? { kind: 'sticker', name: text.slice(1, -1), pack: 'laz' }
        : missing('txt');
    case '10006': {
      const itemId = params.get('item_id');
      return itemId ? (productCard(shop, itemId) ?? unknown('item')) : missing('item_id');
    }
    case '10007': {
      const orderId = params.get('order_id');
      return orderId ? (orderCard(shop, orderId) ?? unknown('order')) : missing('order_id');
    }
    case '10008': {
      const voucherId = params.get('promotion_id');
      return voucherId ? (voucherCard(shop, voucherId) ?? unknown('promotion')) : missing('promotion_id');
    }
    default:
      return lazadaError('InvalidParameter', 'template_id is invalid');
  }
}

/** `/im/message/send`. */
export function messageSend(context: LazadaContext): ApiAnswer {
  const { parts, shop, params, now } = context;
  const session = namedSession(context);
  if (session === undefined) return lazadaRefusal('404', 'session does not exist');
  const content = readContent(context);
  if ('json' in content) return content;
  if (parts.profile === 'strict') {
    const lastBuyer = session.messages.findLast(({ author }) => author === 'buyer');
    const since = session.messages.filter(
      ({ seq, author }) => author === 'agent' && seq > (lastBuyer?.seq ?? 0),
    );
    const silent = now - (lastBuyer?.at ?? 0) > DAY;
    if (silent && since.length >= MAX_AFTER_SILENCE)
      return lazadaRefusal('403', 'the buyer has not answered');
  }
  const message = parts.world.draft(shop, 'agent', content, now, true);
  const data = { message_id: message.id, template_id: Number(params.get('template_id')), current_time: now };
  const effect = { kind: 'message', shop: shop.key, conversationId: session.id, message } as const;
  return { ...lazadaOk(data, now, answersTexts(shop), [effect]), messageId: message.id };
}

/** `/im/session/read`: also shows the buyer that it was read. */
export function sessionRead(context: LazadaContext): ApiAnswer {
  const session = namedSession(context);
  if (session === undefined) return lazadaRefusal('404', 'session does not exist');
  const id = context.params.get('last_read_message_id');
  const message = session.messages.find((candidate) => candidate.id === id);
  if (message === undefined) return lazadaRefusal('404', 'message does not exist');
  const effect = {
    kind: 'read',
    shop: context.shop.key,
    conversationId: session.id,
    seq: message.seq,
  } as const;
  return lazadaOk(null, context.now, answersTexts(context.shop), [effect]);
}

/** `/im/message/recall`: own messages, within two minutes. */
export function messageRecall(context: LazadaContext): ApiAnswer {
  const session = namedSession(context);
  const message = session?.messages.find((candidate) => candidate.id === context.params.get('message_id'));
  if (session === undefined || message === undefined) return lazadaRefusal('404', 'message does not exist');
  if (message.author !== 'agent' || context.now - message.at > RECALL_MS) {
    return lazadaRefusal('403', 'the message cannot be recalled');
  }
  const effect = {
    kind: 'recall',
    shop: context.shop.key,
    conversationId: session.id,
    messageId: message.id,
  } as const;
  return lazadaOk(null, context.now, answersTexts(context.shop), [effect]);
}

/** `/im/session/open`: by order number; the session's id stands at the top level. */
export function sessionOpen({ shop, params, now }: LazadaContext): ApiAnswer {
  const orderId = params.get('order_id');
  if (!orderId) return lazadaError('MissingParameter', 'The input parameter "order_id" is missing');
  const session = [...shop.conversations.values()].find(({ messages }) =>
    messages.some(({ content }) => content.kind === 'order' && content.orderId === orderId),
  );
  if (session === undefined) return lazadaRefusal('-22', 'the order is too old');
  const opened = lazadaOk(null, now, answersTexts(shop));
  return { ...opened, json: { ...(opened.json as object), session_id: session.id } };
}
