import type { BundlePlatform, BundleShop } from '../contract/bundle.ts';
import { callLazada, callShopee, callTiktok } from './sandbox-client.ts';

const field = (record: Readonly<Record<string, unknown>>, name: string): string => String(record[name]);

/** Every conversation of a shop by Shopee's paging: ids in the order they came. */
export async function shopeeConversations(
  app: BundlePlatform,
  shop: BundleShop,
  pageSize: number,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: Record<string, string> = {};
  for (;;) {
    const direction = ids.length === 0 ? 'latest' : 'older';
    const params = { direction, type: 'all', page_size: String(pageSize), ...cursor };
    const answer = await callShopee(app, shop, '/api/v2/sellerchat/get_conversation_list', { params });
    ids.push(...answer.list('response.conversations').map((one) => field(one, 'conversation_id')));
    if (answer.at('response.page_result.more') !== true) return ids;
    const next = answer.at('response.page_result.next_cursor') as Record<string, string>;
    cursor = { next_timestamp_nano: next['next_message_time_nano'] ?? '' };
  }
}

/** Every message of a Shopee conversation, newest first. */
export async function shopeeMessages(
  app: BundlePlatform,
  shop: BundleShop,
  conversationId: string,
  pageSize: number,
): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let offset = '';
  do {
    const params = {
      conversation_id: conversationId,
      page_size: String(pageSize),
      ...(offset === '' ? {} : { offset }),
    };
    const answer = await callShopee(app, shop, '/api/v2/sellerchat/get_message', { params });
    all.push(...answer.list('response.messages'));
    offset = String(answer.at('response.page_result.next_offset'));
  } while (offset !== '');
  return all;
}

/** Every row of a Lazada list, newest first. */
export async function lazadaRows(
  app: BundlePlatform,
  shop: BundleShop,
  kind: 'session' | 'message',
  pageSize: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let cursor: Record<string, string> = { start_time: String(Date.now() + 60_000) };
  for (;;) {
    const params = { ...extra, ...cursor, page_size: String(pageSize) };
    const answer = await callLazada(app, shop, `/im/${kind}/list`, { params });
    all.push(...answer.list(`data.${kind}_list`));
    if (String(answer.at('data.has_more')) !== 'true') return all;
    const last = String(answer.at(`data.last_${kind}_id`));
    cursor = { start_time: String(answer.at('data.next_start_time')), [`last_${kind}_id`]: last };
  }
}

/** Every row of a TikTok Shop list, in the order asked for. */
export async function tiktokRows(
  app: BundlePlatform,
  shop: BundleShop,
  path: string,
  name: 'conversations' | 'messages',
  params: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let token = '';
  do {
    const answer = await callTiktok(app, shop, `/customer_service/202309${path}`, {
      params: { ...params, ...(token === '' ? {} : { page_token: token }) },
    });
    all.push(...answer.list(`data.${name}`));
    token = String(answer.at('data.next_page_token'));
  } while (token !== '');
  return all;
}
