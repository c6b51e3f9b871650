import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionBundleSchema } from '../contract/bundle.ts';
import { gifBytes, pngBytes } from '../testing/pictures.ts';
import {
  callLazada,
  callShopee,
  callTiktok,
  command,
  shopAt,
  type Answer,
  type SignedCall,
} from '../testing/sandbox-client.ts';
import { sha256Of } from './http/form.ts';
import { startSandbox, type RunningSandbox } from './sandbox.ts';

let folder: string;
let sandbox: RunningSandbox;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterdesk-uploads-'));
  const journalFile = join(folder, 'journal.jsonl');
  sandbox = await startSandbox({ seed: 'uploads', writeEveryMs: null, answers: false, journalFile });
});
afterEach(async () => {
  await sandbox.stop();
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

const png = pngBytes(320, 200);

function formOf(field: string, bytes: Uint8Array): FormData {
  const form = new FormData();
  form.set(field, new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return form;
}

type Upload = (bytes: Uint8Array, field?: string, more?: SignedCall) => Promise<Answer>;

function uploads(): Record<'shopee' | 'lazada' | 'tiktok', Upload> {
  const [shopee, lazada, tiktok] = (['shopee', 'lazada', 'tiktok'] as const).map((platform) =>
    shopAt(sandbox, platform),
  );
  if (shopee === undefined || lazada === undefined || tiktok === undefined) throw new Error('no shops');
  const call = (field: string, bytes: Uint8Array, more: SignedCall): SignedCall => ({
    method: 'POST',
    form: formOf(field, bytes),
    ...more,
  });
  return {
    shopee: (bytes, field = 'file', more = {}) =>
      callShopee(shopee.app, shopee.shop, '/api/v2/sellerchat/upload_image', call(field, bytes, more)),
    lazada: (bytes, field = 'image', more = {}) =>
      callLazada(lazada.app, lazada.shop, '/image/upload', call(field, bytes, more)),
    tiktok: (bytes, field = 'data', more = {}) =>
      callTiktok(tiktok.app, tiktok.shop, '/customer_service/202309/images/upload', call(field, bytes, more)),
  };
}

async function bytesAt(url: unknown): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(String(url))).arrayBuffer());
}

describe('uploads', () => {
  it('are served by their address, each under its own, in the platforms’ words', async () => {
    const { shopee, lazada, tiktok } = uploads();
    const [one, two] = [await shopee(png), await shopee(png)];
    expect(one.json).toMatchObject({ error: '', response: { thumb_width: 320, thumb_height: 200 } });
    expect(one.at('response.url')).not.toBe(two.at('response.url'));
    expect(await bytesAt(two.at('response.url'))).toEqual(new Uint8Array(png));
    const image = (await lazada(png)).at('data.image') as { url: string; hash_code: string };
    expect(await bytesAt(image.url)).toEqual(new Uint8Array(png));
    expect((await tiktok(png)).json).toMatchObject({ code: 0, data: { width: 320, height: 200 } });
  });

  it('are refused under another field, of another type and too large', async () => {
    const { shopee, lazada, tiktok } = uploads();
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    large.set(png);
    expect((await shopee(png, 'image')).at('error')).toBe('error_param');
    expect((await shopee(new Uint8Array([1, 2]))).at('message')).toContain('not supported');
    expect((await shopee(large)).at('message')).toContain('too large');
    expect((await lazada(png, 'file')).at('code')).toBe('30');
    expect((await lazada(gifBytes(3, 2))).at('code')).toBe('300');
    expect((await lazada(large.subarray(0, 1024 * 1024 + 1))).at('code')).toBe('303');
    expect((await tiktok(png, 'file')).at('code')).toBe(36009022);
    expect((await tiktok(new Uint8Array([1]))).at('code')).toBe(45101008);
    expect((await tiktok(large)).at('code')).toBe(36009021);
    const { app, shop } = shopAt(sandbox, 'tiktok');
    const path = '/customer_service/202309/images/upload';
    expect((await callTiktok(app, shop, path, { method: 'POST', body: {} })).at('code')).toBe(36009023);
  });

  it('want signature and token', async () => {
    const { shopee, lazada, tiktok } = uploads();
    const unsigned = { sign: '0'.repeat(64) };
    expect((await shopee(png, 'file', unsigned)).at('error')).toBe('error_sign');
    expect((await shopee(png, 'file', { token: 'x' })).at('error')).toBe('invalid_acceess_token');
    expect((await lazada(png, 'image', unsigned)).at('code')).toBe('IncompleteSignature');
    expect((await lazada(png, 'image', { token: 'x' })).at('code')).toBe('IllegalAccessToken');
    expect((await tiktok(png, 'data', unsigned)).at('code')).toBe(106001);
    expect((await tiktok(png, 'data', { token: 'x' })).at('code')).toBe(36009004);
  });

  it('stand in the journal by their SHA-256, without their bytes', async () => {
    await uploads().lazada(png);
    const last = readFileSync(sandbox.journalFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      call: 'upload',
      outcome: 'ok',
      body: { parts: [{ name: 'image', bytes: png.length, sha256: sha256Of(png) }] },
    });
    expect(last.length).toBeLessThan(2000);
  });

  it('of one shop can’t be sent by another', async () => {
    const url = (await uploads().tiktok(png)).at('data.url');
    const { app, shop } = shopAt(sandbox, 'tiktok', 1);
    const list = await callTiktok(app, shop, '/customer_service/202309/conversations', {
      params: { page_size: '1' },
    });
    const id = String(list.list('data.conversations')[0]?.['id']);
    const body = { type: 'IMAGE', content: JSON.stringify({ url, width: 320, height: 200 }) };
    const path = `/customer_service/202309/conversations/${id}/messages`;
    expect((await callTiktok(app, shop, path, { method: 'POST', body })).at('code')).toBe(45101003);
  });
});

describe('pictures and cards after a kill', () => {
  /** Starts the sandbox as its users do, on a journal of its own. */
  async function spawned(): Promise<{ child: ChildProcess; own: RunningSandbox }> {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const journalFile = join(folder, 'killed.jsonl');
    const args = [main, '--json', '--journal', journalFile, '--quiet', '--no-answers'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const bundle = connectionBundleSchema.parse(JSON.parse(line));
    const adminUrl = bundle.admin ?? '';
    const stop = (): Promise<void> => Promise.resolve();
    return { child, own: { bundle, adminUrl, journalUrl: bundle.journal ?? '', journalFile, stop } };
  }

  it('are as they were', async () => {
    const first = await spawned();
    const before = shopAt(first.own, 'lazada');
    const listed = await callLazada(before.app, before.shop, '/im/session/list', {
      params: { start_time: String(Date.now()), page_size: '1' },
    });
    const session_id = String(listed.list('data.session_list')[0]?.['session_id']);
    const form = { method: 'POST', form: formOf('image', png) } as const;
    const uploaded = await callLazada(before.app, before.shop, '/image/upload', form);
    const img_url = String((uploaded.at('data.image') as { url: string }).url);
    const picture = { session_id, template_id: '3', img_url, width: '320', height: '200' };
    const send = (params: Record<string, string>): Promise<Answer> =>
      callLazada(before.app, before.shop, '/im/message/send', { method: 'POST', params });
    const world = await command(first.own, 'GET', '/world');
    const shop = world.list('shops').find((one) => one['shopId'] === before.shop.shopId);
    const [order] = (shop?.['orders'] ?? []) as { orderId: string }[];
    expect((await send(picture)).at('code')).toBe('0');
    const card = { session_id, template_id: '10007', order_id: order?.orderId ?? '' };
    expect((await send(card)).at('err_code')).toBe('0');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const { own } = await spawned();
    const after = shopAt(own, 'lazada');
    const page = await callLazada(after.app, after.shop, '/im/message/list', {
      params: { session_id, start_time: String(Date.now() + 60_000), page_size: '2' },
    });
    const contents = page
      .list('data.message_list')
      .map((one) => JSON.parse(String(one['content'])) as Record<string, string>);
    expect(contents[0]).toMatchObject({ orderId: order?.orderId });
    const { pathname } = new URL(img_url);
    expect(new URL(contents[1]?.['imgUrl'] ?? '').pathname).toBe(pathname);
    expect(await bytesAt(contents[1]?.['imgUrl'])).toEqual(new Uint8Array(png));
  });
});
