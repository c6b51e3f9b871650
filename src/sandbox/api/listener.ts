import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { MAX_BODY, readBody } from '../http/body.ts';
import { sendBody, sendHalf, sendJson, sendServerError, setDate } from '../http/deliver.ts';
import { describeForm, isMultipart, readForm } from '../http/form.ts';
import type { Commits } from '../journal/commits.ts';
import { redactBody, redactParams } from '../journal/redact.ts';
import { PICTURE_PATH } from '../media/serve.ts';
import type { UploadFiles } from '../media/uploads.ts';
import { decide, type Decision, type ExchangeParts } from './exchange.ts';
import { answerPicture } from './pictures.ts';
import type { ApiRequest } from './types.ts';

/** A body in parts may be this long, in bytes: the largest picture of any platform, and a little more. */
const MAX_UPLOAD = 12 * 1024 * 1024;

/** What a platform's port works with. */
export interface ListenerParts extends ExchangeParts {
  readonly commits: Commits;
  readonly files: UploadFiles;
}

function split(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

function record(parts: ListenerParts, request: ApiRequest, decision: Decision): void {
  const { info, answer, fault, delivery } = decision;
  const contentType = request.headers['content-type'] ?? '';
  const answered = delivery === 'whole' || delivery === 'torn' || delivery === 'html-500';
  parts.files.keep(decision.effects, request.parts);
  parts.commits.commit({
    kind: 'request',
    at: request.at,
    platform: parts.api.platform,
    shopId: info.shopId,
    conversationId: info.conversationId,
    method: request.method,
    path: request.path,
    call: info.call,
    query: redactParams(request.query),
    body: request.parts.length > 0 ? describeForm(request.parts) : redactBody(request.body, contentType),
    outcome: decision.outcome,
    status: answered ? answer.status : null,
    messageId: answer.messageId,
    fault: fault?.kind ?? null,
    effects: decision.effects,
  });
}

function deliver({ api, clock, world }: ListenerParts, response: ServerResponse, decision: Decision): void {
  const { status, json } = decision.answer;
  setDate(response, world.timeOf(api.platform, clock.now()));
  switch (decision.delivery) {
    case 'cut':
      response.destroy();
      return;
    case 'half':
      return sendHalf(response, json);
    case 'torn': {
      const text = JSON.stringify(json);
      return sendBody(response, status, 'application/json', text.slice(0, Math.floor(text.length / 2)));
    }
    case 'html-500':
      return sendServerError(response);
    case 'whole':
      return sendJson(response, status, json);
  }
}

async function handle(
  parts: ListenerParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const contentType = incoming.headers['content-type'] ?? '';
  const inParts = isMultipart(contentType);
  const bytes = await readBody(incoming, inParts ? MAX_UPLOAD : MAX_BODY);
  if (bytes === null) {
    sendJson(response, 413, { message: 'The body is too large.' });
    return;
  }
  const form = await readForm(bytes, contentType);
  const { path, query } = split(incoming);
  if (incoming.method === 'GET' && path.startsWith(PICTURE_PATH)) {
    answerPicture(parts, path, response);
    return;
  }
  const at = parts.clock.now();
  parts.world.settle(at);
  const request: ApiRequest = {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: incoming.headers,
    body: inParts ? '' : bytes.toString('utf8'),
    parts: form,
    now: parts.world.timeOf(parts.api.platform, at),
    at,
  };
  const decision = decide(parts, request);
  record(parts, request, decision);
  if (decision.delayMs > 0) parts.clock.after(decision.delayMs, () => deliver(parts, response, decision));
  else deliver(parts, response, decision);
}

/** Answers a platform's port: decides, writes the journal, changes the world, and only then answers. */
export function platformListener(parts: ListenerParts): RequestListener {
  return (incoming, response) => {
    handle(parts, incoming, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      sendJson(response, 500, { message: error instanceof Error ? error.message : 'internal error' });
    });
  };
}
