import type { Action } from './schedule.ts';
import type { OrdersOfShop, ShopGoods } from './goods.ts';
import type { HostProcess } from './host.ts';

type FaultAction = Extract<Action, { kind: 'fault' }>;

interface WorldShop extends ShopGoods {
  readonly conversations: readonly { readonly conversationId: string }[];
}

/** How long an order waits for a sandbox that is being started again. Milliseconds. */
const PATIENCE_MS = 15_000;

/** Gives the sandbox orders, wherever it is just now. */
export class SandboxOrders {
  readonly #host: HostProcess;

  constructor(host: HostProcess) {
    this.#host = host;
  }

  /** Null when no sandbox answered in time. */
  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
      const { admin } = this.#host;
      try {
        if (admin !== null) {
          const answer = await fetch(`${admin}${path}`, { ...init, signal: AbortSignal.timeout(5_000) });
          if (answer.ok) return await answer.json();
          if (answer.status === 400) throw new TypeError(await answer.text());
        }
      } catch (error) {
        if (error instanceof TypeError && error.message.startsWith('{')) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return null;
  }

  /** True when the sandbox took the order. */
  async fault({ fault, platform, path, ms, accept }: FaultAction): Promise<boolean> {
    const order = { kind: fault, platform, path, ...(ms === undefined ? {} : { ms }), accept };
    return (await this.#ask('POST', '/faults', order)) !== null;
  }

  async away({ platforms, ms }: Extract<Action, { kind: 'away' }>): Promise<boolean> {
    const orders = platforms.map((platform) => this.#ask('POST', '/faults', { kind: 'away', platform, ms }));
    return (await Promise.all(orders)).every((answer) => answer !== null);
  }

  async clock({ platform, aheadMs }: Extract<Action, { kind: 'platform-clock' }>): Promise<boolean> {
    return (await this.#ask('POST', '/clock', { platform, aheadMs })) !== null;
  }

  /** What the shops have that can be sent as cards. */
  async goods(): Promise<readonly ShopGoods[]> {
    return (await this.#world())?.shops ?? [];
  }

  async #world(): Promise<{ readonly shops: readonly WorldShop[] } | null> {
    return (await this.#ask('GET', '/world')) as { shops: readonly WorldShop[] } | null;
  }

  /** A new buyer of each shop asks for these orders: from then on they can be sent as cards. */
  async speakOfOrders(ofShops: readonly OrdersOfShop[]): Promise<void> {
    for (const { shop, orderIds } of ofShops) {
      if (orderIds.length === 0) continue;
      const { platform, shopId } = shop;
      const text = `Are they on their way? ${orderIds.join(' ')}`;
      await this.#ask('POST', '/buyer', { platform, shopId, buyerName: 'Reseller', text });
    }
  }

  /** Buyers write to the newest conversations of the stores, one store after the other. */
  async buyers(writers: number, mark: string): Promise<boolean> {
    const world = await this.#world();
    if (world === null) return false;
    for (let writer = 0; writer < writers; writer += 1) {
      const shop = world.shops[writer % world.shops.length];
      const conversationId = shop?.conversations[writer * 7]?.conversationId;
      if (shop === undefined || conversationId === undefined) continue;
      const { platform, shopId } = shop;
      await this.#ask('POST', '/buyer', {
        platform,
        shopId,
        conversationId,
        text: `Hello? ${mark}/${writer}`,
      });
    }
    return true;
  }

  /** No fault is left to come. */
  async clear(): Promise<void> {
    await this.#ask('DELETE', '/faults');
  }
}
