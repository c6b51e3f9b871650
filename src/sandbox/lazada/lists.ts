import type { ApiAnswer } from '../api/types.ts';
import { byNewest, lastAt } from '../world/reading.ts';
import { lazadaError, lazadaOk, lazadaRefusal } from './answers.ts';
import { namedSession, type LazadaContext } from './context.ts';
import { answersTexts, lazadaMessage, lazadaSession } from './views.ts';

const MAX_PAGE = 20;

interface PageInput {
  readonly startTime: number;
  readonly size: number;
}

function readPage(params: ReadonlyMap<string, string>): PageInput | ApiAnswer {
  for (const name of ['start_time', 'page_size']) {
    const value = params.get(name);
    if (!value) return lazadaError('MissingParameter', `The input parameter "${name}" is missing`);
    if (!/^\d{1,16}$/.test(value))
      return lazadaError('InvalidParameter', `The input parameter "${name}" is invalid`);
  }
  const size = Number(params.get('page_size'));
  if (size < 1 || size > MAX_PAGE)
    return lazadaError('InvalidParameter', 'page_size must be between 1 and 20');
  return { startTime: Number(params.get('start_time')), size };
}

/** `/im/session/list`: from `start_time` back; the last session's id tells equal times apart. */
export function sessionList({ parts, shop, params, now }: LazadaContext): ApiAnswer {
  const input = readPage(params);
  if ('json' in input) return input;
  const sessions = byNewest(shop);
  const before = sessions.findIndex(({ id }) => id === params.get('last_session_id'));
  const wanted = sessions.filter((session, index) => {
    const at = lastAt(session);
    return at < input.startTime || (at === input.startTime && index > before);
  });
  const page = wanted.slice(0, input.size);
  const last = page.at(-1);
  const data = {
    has_more: wanted.length > page.length,
    next_start_time: last === undefined ? 0 : lastAt(last),
    last_session_id: last?.id ?? '',
    session_list: page.map((session) => lazadaSession(parts, shop, session)),
  };
  return lazadaOk(data, now, answersTexts(shop));
}

/** `/im/session/get`. */
export function sessionGet(context: LazadaContext): ApiAnswer {
  const session = namedSession(context);
  if (session === undefined) return lazadaRefusal('404', 'session does not exist');
  return lazadaOk(
    lazadaSession(context.parts, context.shop, session),
    context.now,
    answersTexts(context.shop),
  );
}

/** `/im/message/list`: newest first, 20 at most. */
export function messagePage(context: LazadaContext): ApiAnswer {
  const { parts, shop, params, now } = context;
  const session = namedSession(context);
  if (session === undefined) return lazadaRefusal('404', 'session does not exist');
  const input = readPage(params);
  if ('json' in input) return input;
  const before = session.messages.find(({ id }) => id === params.get('last_message_id'));
  const wanted = session.messages
    .filter(
      ({ at, seq }) => at < input.startTime || (at === input.startTime && seq < (before?.seq ?? Infinity)),
    )
    .reverse();
  const page = wanted.slice(0, input.size);
  const last = page.at(-1);
  const data = {
    has_more: wanted.length > page.length,
    next_start_time: last?.at ?? 0,
    last_message_id: last?.id ?? '',
    message_list: page.map((message) => lazadaMessage(parts, shop, session, message)),
  };
  return lazadaOk(data, now, answersTexts(shop));
}
