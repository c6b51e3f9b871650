import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { platformIds, type PlatformId } from '../../contract/models.ts';
import { asInteger, asRecord, asText, parseJson } from '../api/json.ts';
import type { Buyers } from '../buyers/buyers.ts';
import type { FaultPlan, FaultRule } from '../faults/rules.ts';
import { readBody } from '../http/body.ts';
import { sendJson } from '../http/deliver.ts';
import type { Journal } from '../journal/journal.ts';
import { pictureOfSize } from '../media/picture.ts';
import { byNewest } from '../world/reading.ts';
import type { Pusher } from '../push/pusher.ts';
import type { SellerManner } from '../seller/listener.ts';
import type { Content, Shop } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { DEEPL_PATH, deepl, LIBRETRANSLATE_PATH, libreTranslate } from '../translate/translators.ts';
import { LOOKUP_PATH, sightingOf } from './lookup.ts';
import { threadOf, worldSummary } from './summary.ts';

/** What the command address can reach. */
export interface AdminParts {
  readonly world: World;
  readonly journal: Journal;
  readonly faults: FaultPlan;
  readonly buyers: Buyers;
  readonly pusher: Pusher;
  /** Sets a platform's clock so far ahead of the machine's; below 0: behind it. */
  setClock(platform: PlatformId, aheadMs: number): void;
  /** Takes a platform's port away; 0 ms: until `comeBack`. */
  goAway(platform: PlatformId, ms: number): Promise<void>;
  comeBack(): Promise<void>;
  /** How a platform's seller centres answer from now on. */
  setManner(platform: PlatformId, manner: SellerManner): void;
  /** Ends every sign-in that reaches a shop, or asks whoever works in it to prove to be a person. */
  sellerCommand(shop: Shop, what: 'end' | 'verify'): void;
  bundle(): unknown;
}

interface Call {
  /** The address it came from. */
  readonly from: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  readonly body: unknown;
  readonly response: ServerResponse;
}

/** Further off no platform's clock can be set, milliseconds. */
const MAX_AHEAD_MS = 86_400_000;
/** Longest text a buyer can be made to write, in UTF-16 units. */
const MAX_TEXT = 60_000;

async function addFault(parts: AdminParts, { body, response }: Call): Promise<void> {
  const rule: FaultRule | string = parts.faults.add(body);
  if (typeof rule === 'string') return sendJson(response, 400, { error: rule });
  if (rule.kind === 'away' && rule.platform !== null) await parts.goAway(rule.platform, rule.ms);
  sendJson(response, 200, rule);
}

async function clearFaults(parts: AdminParts, { query, response }: Call): Promise<void> {
  const id = query.get('id');
  parts.faults.clear(id === null ? null : asInteger(id));
  if (id === null) await parts.comeBack();
  sendJson(response, 200, { faults: parts.faults.rules });
}

function contentOf(fields: Readonly<Record<string, unknown>>): Content | null {
  const size = asText(fields['picture']);
  if (size !== null) {
    const picture = pictureOfSize(size);
    return picture === null ? null : { kind: 'image', picture };
  }
  const text = asText(fields['text']);
  return text === null || text.length > MAX_TEXT ? null : { kind: 'text', text };
}

function buyerWrites(parts: AdminParts, { body, response }: Call): void {
  const fields = asRecord(body) ?? {};
  const platform = platformIds.find((id) => id === fields['platform']);
  const content = contentOf(fields);
  if (platform === undefined || content === null) {
    return sendJson(response, 400, {
      error: `platform and text (at most ${MAX_TEXT} characters), or picture (like 640x480), are needed.`,
    });
  }
  const shopId = asText(fields['shopId']);
  const shop = shopId === null ? parts.world.shopsOf(platform)[0] : parts.world.shop(platform, shopId);
  const name = asText(fields['buyerName']);
  if (shop !== undefined && name !== null) {
    const written = parts.buyers.writeAsNewcomer(shop, name, content);
    return sendJson(response, 200, { platform, shopId: shop.shopId, ...written });
  }
  const wanted = asText(fields['conversationId']);
  const conversation = wanted === null ? shop && byNewest(shop)[0] : shop?.conversations.get(wanted);
  if (shop === undefined || conversation === undefined) {
    return sendJson(response, 404, { error: 'No such shop or conversation.' });
  }
  const written = parts.buyers.write(shop, conversation, content);
  sendJson(response, 200, { platform, shopId: shop.shopId, ...written });
}

function sendJournal(parts: AdminParts, { query, response }: Call): void {
  const since = asInteger(query.get('since') ?? '0');
  if (since === null || since < 0) return sendJson(response, 400, { error: 'since must be a whole number.' });
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  const lines = parts.journal.read(since);
  if (lines === null) response.end();
  else lines.pipe(response);
}

function sendThread(parts: AdminParts, { query, response }: Call): void {
  const messages = threadOf(parts.world, query.get('shopId') ?? '', query.get('conversationId') ?? '');
  if (messages === null) sendJson(response, 404, { error: 'No such shop or conversation.' });
  else sendJson(response, 200, { messages });
}

function setPaused(parts: AdminParts, { response }: Call, paused: boolean): void {
  if (paused) parts.buyers.pause();
  else parts.buyers.resume();
  sendJson(response, 200, { paused });
}

function setPush(parts: AdminParts, { body, response }: Call): void {
  const fields = asRecord(body) ?? {};
  const platform = platformIds.find((id) => id === fields['platform']);
  const url = asText(fields['url']);
  if (platform === undefined || (url !== null && !URL.canParse(url))) {
    return sendJson(response, 400, { error: 'platform and url (or null) are needed.' });
  }
  parts.pusher.setAddress(platform, url);
  sendJson(response, 200, { platform, url });
}

function setClock(parts: AdminParts, { body, response }: Call): void {
  const fields = asRecord(body) ?? {};
  const platform = platformIds.find((id) => id === fields['platform']);
  const aheadMs = asInteger(fields['aheadMs']);
  if (platform === undefined || aheadMs === null || Math.abs(aheadMs) > MAX_AHEAD_MS) {
    return sendJson(response, 400, { error: `platform and aheadMs (at most ${MAX_AHEAD_MS}) are needed.` });
  }
  parts.setClock(platform, aheadMs);
  sendJson(response, 200, { platform, aheadMs });
}

const SELLER_DOINGS = ['end', 'verify', 'slow', 'broken', 'well'];

function commandSellers(parts: AdminParts, { body, response }: Call): void {
  const fields = asRecord(body) ?? {};
  const platform = platformIds.find((id) => id === fields['platform']);
  const what = asText(fields['do']) ?? '';
  const shop = parts.world.shops.find((one) => one.shopId === asText(fields['shopId']));
  if (platform === undefined || !SELLER_DOINGS.includes(what)) {
    return sendJson(response, 400, { error: `platform and do (${SELLER_DOINGS.join(', ')}) are needed.` });
  }
  if (what === 'end' || what === 'verify') {
    if (shop?.platform !== platform) return sendJson(response, 404, { error: 'No such shop.' });
    parts.sellerCommand(shop, what);
  } else {
    const delayMs = what === 'slow' ? Math.max(0, asInteger(fields['ms']) ?? 5000) : 0;
    parts.setManner(platform, { delayMs, isBroken: what === 'broken' });
  }
  sendJson(response, 200, { platform, do: what });
}

type Handler = (parts: AdminParts, call: Call) => void | Promise<void>;

const routes: Readonly<Record<string, Handler>> = {
  'GET /': (parts, { response }) => sendJson(response, 200, parts.bundle()),
  [`GET ${LOOKUP_PATH}`]: (_, { from, response }) => sendJson(response, 200, sightingOf(from)),
  'GET /faults': (parts, { response }) => sendJson(response, 200, { faults: parts.faults.rules }),
  'POST /faults': addFault,
  'DELETE /faults': clearFaults,
  'POST /buyer': buyerWrites,
  'GET /world': (parts, { response }) => sendJson(response, 200, worldSummary(parts.world)),
  'GET /thread': sendThread,
  'GET /journal': sendJournal,
  [`POST ${LIBRETRANSLATE_PATH}/translate`]: (_, { body, response }) => libreTranslate(body, response),
  [`POST ${DEEPL_PATH}/v2/translate`]: (_, { body, authorization, response }) =>
    deepl(body, authorization, response),
  'POST /push': setPush,
  'POST /clock': setClock,
  'POST /sellers': commandSellers,
  'POST /pause': (parts, call) => setPaused(parts, call, true),
  'POST /resume': (parts, call) => setPaused(parts, call, false),
};

/** Only programs on this machine may give orders: a page in a browser shows another Host or an Origin. */
function isForeign(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return (host !== '127.0.0.1' && host !== 'localhost') || request.headers.origin !== undefined;
}

async function handle(parts: AdminParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  if (isForeign(request))
    return sendJson(response, 403, { error: 'Only local programs may call this address.' });
  const bytes = await readBody(request);
  if (bytes === null) return sendJson(response, 413, { error: 'The body is larger than 1 MiB.' });
  const text = bytes.toString('utf8');
  const route = `${request.method} ${path}`;
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (handler === undefined) {
    return sendJson(response, 404, { error: `There is ${Object.keys(routes).join(', ')}.` });
  }
  const body = text === '' ? {} : parseJson(text);
  if (body === undefined) return sendJson(response, 400, { error: 'The body is not JSON.' });
  const from = request.socket.remoteAddress ?? '';
  const { authorization = '' } = request.headers;
  await handler(parts, { from, query: new URLSearchParams(query), authorization, body, response });
}

/** The command address: faults, buyers, the world, the journal. */
export function adminListener(parts: AdminParts): RequestListener {
  return (request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: error instanceof Error ? error.message : 'internal error' });
    });
  };
}
