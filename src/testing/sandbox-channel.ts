import { Agent } from 'undici';
import { createHttpClient } from '../channels/http-client.ts';
import type { HttpClient } from '../channels/http.ts';
import type { StoreContext } from '../channels/channel.ts';
import type { BundlePlatform } from '../contract/bundle.ts';
import { systemClock } from '../base/system-clock.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

/** What a store's cards can stand for. */
export interface StoreGoods {
  readonly product: string;
  readonly order: string;
  readonly voucher: { readonly id: string; readonly code: string };
}

/** A way out: by what a store leaves, given the addresses of its platform. */
export interface StoreExit {
  open(own: readonly string[]): HttpClient;
  close(): Promise<void>;
}

function directExit(): StoreExit {
  const agent = new Agent({ connectTimeout: 2000 });
  return { open: () => createHttpClient(agent, { timeoutMs: 5000 }), close: () => agent.destroy() };
}

interface WorldShop {
  readonly shopId: string;
  readonly products: readonly { readonly itemId: string }[];
  readonly orders: readonly { readonly orderId: string }[];
  readonly vouchers: readonly { readonly voucherId: string; readonly code: string }[];
}

/** A store on the sandbox's stand-in of one platform, with the sandbox's command address at hand. */
export interface SandboxChannel {
  readonly store: StoreContext;
  /** The sandbox's journal. */
  readonly journalFile: string;
  /** Orders one misbehaviour of this platform: `kind`, and what else `POST /faults` takes. */
  fault(order: { readonly kind: string; readonly path?: string }): Promise<void>;
  clearFaults(): Promise<void>;
  /** Sets this platform's clock so far ahead of ours; below 0: behind it. */
  setClock(aheadMs: number): Promise<void>;
  /** One thing of each kind that this store can send a card of. */
  goods(): Promise<StoreGoods>;
  /** How many messages the sandbox itself counts in a conversation of the store. */
  stored(conversationId: string): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox with silent buyers and opens the first shop of a platform. Under the strict profile time stands
 * still, so that a limit of calls a second is met however slow the machine is.
 */
export async function sandboxChannel(
  platform: BundlePlatform['platform'],
  profile: 'loose' | 'strict' = 'loose',
  exit: StoreExit = directExit(),
): Promise<SandboxChannel> {
  const start = Date.now();
  const now = profile === 'strict' ? () => start : () => Date.now();
  const clock = { ...systemClock, now };
  const sandbox = await startSandbox({
    seed: 'conformance',
    profile,
    clock,
    writeEveryMs: null,
    answers: false,
  });
  const app = sandbox.bundle.platforms.find((one) => one.platform === platform);
  const shop = app?.shops[0];
  if (app === undefined || shop === undefined) throw new Error(`The sandbox has no shop on ${platform}`);

  const command = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(`${sandbox.adminUrl}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text);
  };
  const { accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt } = shop;
  return {
    store: {
      app,
      shopId: shop.shopId,
      site: shop.site,
      cipher: shop.cipher,
      sellerId: shop.sellerId,
      token: { accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt },
      http: exit.open([app.api, app.auth, ...Object.values(app.gateways)]),
      now,
    },
    journalFile: sandbox.journalFile,
    fault: async (order) => {
      await command('/faults', { method: 'POST', body: JSON.stringify({ ...order, platform }) });
    },
    clearFaults: async () => {
      await command('/faults', { method: 'DELETE' });
    },
    setClock: async (aheadMs) => {
      await command('/clock', { method: 'POST', body: JSON.stringify({ platform, aheadMs }) });
    },
    goods: async () => {
      const { shops } = (await command('/world')) as { shops: readonly WorldShop[] };
      const own = shops.find((one) => one.shopId === shop.shopId);
      const [product, order, voucher] = [own?.products[0], own?.orders[0], own?.vouchers[0]];
      if (product === undefined || order === undefined || voucher === undefined) {
        throw new Error('The shop has nothing to send');
      }
      return {
        product: product.itemId,
        order: order.orderId,
        voucher: { id: voucher.voucherId, code: voucher.code },
      };
    },
    stored: async (conversationId) => {
      const query = new URLSearchParams({ shopId: shop.shopId, conversationId });
      const thread = (await command(`/thread?${query.toString()}`)) as { messages: unknown[] };
      return thread.messages.length;
    },
    stop: async () => {
      await exit.close();
      await sandbox.stop();
    },
  };
}
