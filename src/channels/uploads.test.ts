import { describe, expect, it } from 'vitest';
import { cannedHttp, cannedStore } from '../testing/canned-http.ts';
import { pngBytes } from '../testing/pictures.ts';
import type { Channel, OutgoingContent } from './channel.ts';
import { lazada } from './lazada/index.ts';
import { signLazada } from './lazada/sign.ts';
import { shopee } from './shopee/index.ts';
import { signShopee } from './shopee/sign.ts';
import { tiktok } from './tiktok/index.ts';
import { signTikTok } from './tiktok/sign.ts';

const bytes = pngBytes(320, 200);
const picture = { bytes, type: 'image/png', width: 320, height: 200 };
const conversation = { remoteId: '7494560109732334261', buyerId: '70001' };
const lazadaOk =
  '{"code":"0","request_id":"1","data":{"image":{"url":"//img.example/a b.png","hash_code":"h"}}}';

/** What an upload with this answer asked of the network, its file read back by another reader of multipart. */
async function upload(channel: Channel, answer: string) {
  const http = cannedHttp(answer);
  const result = await channel.uploadImage(cannedStore(http), picture);
  const [request] = http.requests;
  if (!(request?.body instanceof Uint8Array)) throw new Error('no bytes were sent');
  const headers = { 'content-type': request.headers?.['content-type'] ?? '' };
  const form = await new Response(Buffer.from(request.body), { headers }).formData();
  const url = new URL(request.url);
  return { result, request, form, url, query: Object.fromEntries(url.searchParams) };
}

async function fileOf(form: FormData, name: string): Promise<Uint8Array> {
  expect([...form.keys()]).toEqual([name]);
  const file = form.get(name);
  if (!(file instanceof File)) throw new Error('no file');
  expect([file.name, file.type]).toEqual(['picture.png', 'image/png']);
  return file.bytes();
}

describe('uploads', () => {
  it('Shopee: multipart `file`, not signed', async () => {
    const answer =
      '{"error":"","response":{"url":"https://cf.example/file/1","thumbnail":"https://cf.example/t"}}';
    const { result, request, form, url, query } = await upload(shopee, answer);
    expect(result).toEqual({ url: 'https://cf.example/file/1', width: 320, height: 200 });
    expect(request).toMatchObject({ method: 'POST', effect: 'read' });
    expect(await fileOf(form, 'file')).toEqual(new Uint8Array(bytes));
    expect(url.pathname).toBe('/api/v2/sellerchat/upload_image');
    const expected = signShopee({
      partnerKey: 'app-secret',
      partnerId: '1000001',
      path: url.pathname,
      timestamp: 1_700_000_000,
      accessToken: 'access-token',
      ownerId: '880012345',
    });
    expect(query['sign']).toBe(expected);
  });

  it('Lazada: multipart `image`, the rest signed in the query', async () => {
    const { result, form, url, query } = await upload(lazada, lazadaOk);
    expect(result).toEqual({ url: 'https://img.example/a%20b.png', width: 320, height: 200 });
    expect(await fileOf(form, 'image')).toEqual(new Uint8Array(bytes));
    expect(url.pathname).toBe('/rest/image/upload');
    expect(query['sign']).toBe(signLazada('app-secret', '/image/upload', query));
  });

  it('TikTok Shop: multipart `data`, which the signature leaves out; the sizes are the answer’s', async () => {
    const answer = '{"code":0,"data":{"url":"https://p.example/1","width":"300","height":190}}';
    const { result, form, url, query } = await upload(tiktok, answer);
    expect(result).toEqual({ url: 'https://p.example/1', width: 300, height: 190 });
    expect(await fileOf(form, 'data')).toEqual(new Uint8Array(bytes));
    expect(query['sign']).toBe(signTikTok('app-secret', url.pathname, query, null));
  });

  it.each<[string, Channel, string, number, object]>([
    ['no address', shopee, '{"error":"","response":{}}', 200, { code: 'unreachable' }],
    [
      'an address that is none',
      tiktok,
      '{"code":0,"data":{"url":"file:///x"}}',
      200,
      { code: 'unreachable' },
    ],
    ['half an answer', lazada, '{"code":"0","data":{"ima', 200, { code: 'unreachable' }],
    ['trouble of its own', tiktok, '{"code":36009003,"message":"internal"}', 200, { code: 'unreachable' }],
    [
      'a refusal',
      tiktok,
      '{"code":36009021,"message":"too large"}',
      200,
      { code: 'rejected', details: { reason: 'picture_too_large' } },
    ],
    ['a code without published words', lazada, '{"code":"303","message":"E303"}', 200, { code: 'rejected' }],
  ])('an answer with %s', async (_what, channel, answer, status, error) => {
    const http = cannedHttp(answer, status);
    await expect(channel.uploadImage(cannedStore(http), picture)).rejects.toMatchObject(error);
  });

  it('refuse what the platform does not take before anything is sent', async () => {
    const http = cannedHttp(lazadaOk);
    const store = cannedStore(http);
    await expect(lazada.uploadImage(store, { ...picture, type: 'image/gif' })).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'wrong-type' },
    });
    const large = { ...picture, bytes: new Uint8Array(1024 * 1024 + 1) };
    await expect(lazada.uploadImage(store, large)).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'too-large' },
    });
    expect(http.requests).toEqual([]);
  });
});

const image: OutgoingContent = { kind: 'image', image: { url: 'https://p.example/1', width: 3, height: 2 } };
const product: OutgoingContent = { kind: 'product', reference: '1729384756102938475' };
const order: OutgoingContent = { kind: 'order', reference: '576543210987654321' };
const voucher: OutgoingContent = { kind: 'voucher', reference: '734567890123456', code: 'SAVE5' };

async function bodyOf(channel: Channel, answer: string, content: OutgoingContent): Promise<string> {
  const http = cannedHttp(answer);
  await channel.send(cannedStore(http), conversation, content);
  const body = http.requests[0]?.body;
  return typeof body === 'string' ? body : '';
}

describe('pictures and cards', () => {
  it.each([
    [image, '"message_type":"image","content":{"image_url":"https://p.example/1"}'],
    [product, '"message_type":"item","content":{"item_id":1729384756102938475}'],
    [order, '"message_type":"order","content":{"order_sn":"576543210987654321"}'],
    [voucher, '"message_type":"voucher","content":{"voucher_id":734567890123456,"voucher_code":"SAVE5"}'],
  ])('Shopee: $kind', async (content, fields) => {
    const answer = '{"error":"","response":{"message_id":"1"}}';
    expect(await bodyOf(shopee, answer, content)).toBe(`{"to_id":70001,${fields}}`);
  });

  it('Shopee: a voucher wants its code, an item its number', async () => {
    const http = cannedHttp('{}');
    const send = (content: OutgoingContent) => shopee.send(cannedStore(http), conversation, content);
    await expect(send({ ...voucher, code: null })).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'no-code' },
    });
    await expect(send({ kind: 'product', reference: 'x"1' })).rejects.toMatchObject({ code: 'invalid' });
    expect(http.requests).toEqual([]);
  });

  it.each([
    [image, { template_id: '3', img_url: 'https://p.example/1', width: '3', height: '2' }],
    [product, { template_id: '10006', item_id: '1729384756102938475' }],
    [order, { template_id: '10007', order_id: '576543210987654321' }],
    [voucher, { template_id: '10008', promotion_id: '734567890123456' }],
  ])('Lazada: $kind', async (content, fields) => {
    const form = new URLSearchParams(await bodyOf(lazada, '{"code":"0","data":{"message_id":"1"}}', content));
    expect(Object.fromEntries(form)).toMatchObject(fields);
  });

  it.each([
    [image, 'IMAGE', { url: 'https://p.example/1', width: 3, height: 2 }],
    [product, 'PRODUCT_CARD', { product_id: '1729384756102938475' }],
    [order, 'ORDER_CARD', { order_id: '576543210987654321' }],
    [voucher, 'COUPON_CARD', { coupon_id: '734567890123456' }],
  ])('TikTok Shop: $kind', async (content, type, fields) => {
    const body = await bodyOf(tiktok, '{"code":0,"data":{"message_id":"1"}}', content);
    expect(JSON.parse(body)).toEqual({ type, content: JSON.stringify(fields) });
  });
});
