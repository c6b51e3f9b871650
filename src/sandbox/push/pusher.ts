import type { Clock } from '../../base/time.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { PlatformParts } from '../api/types.ts';
import type { FaultPlan } from '../faults/rules.ts';
import type { Commits } from '../journal/commits.ts';
import { signLazadaPush } from '../lazada/sign.ts';
import { signShopeePush } from '../shopee/sign.ts';
import { signTiktokWebhook } from '../tiktok/sign.ts';
import type { Shop } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { messageNews, sessionNews, type PushNews } from './bodies.ts';

interface Plan {
  /** How long the callback may take, milliseconds. */
  readonly deadlineMs: number;
  /** Waits before each repeat, milliseconds. */
  readonly repeats: readonly number[];
}

const MINUTE = 60_000;

/** Deadlines and repeats as documented: Shopee webchat push, Lazada push mechanism, TikTok Shop webhooks. */
const plans: Readonly<Record<PlatformId, Plan>> = {
  shopee: { deadlineMs: 2000, repeats: [1000, 2000, 3000] },
  lazada: { deadlineMs: 500, repeats: Array.from({ length: 12 }, () => 30 * MINUTE) },
  tiktok: { deadlineMs: 3000, repeats: [2 * MINUTE, 30 * MINUTE, 180 * MINUTE, 720 * MINUTE] },
};

/** What delivering pushes needs. */
export interface PusherParts {
  readonly world: World;
  readonly commits: Commits;
  readonly faults: FaultPlan;
  readonly clock: Clock;
  /** What a platform's stand-in was made from. */
  readonly platforms: ReadonlyMap<PlatformId, PlatformParts>;
}

/** Delivers news to the callback addresses it was given, signed and repeated as documented. */
export class Pusher {
  readonly #parts: PusherParts;
  readonly #addresses = new Map<PlatformId, string>();
  /** First attempts of one platform go out one after the other, in order. */
  readonly #queues = new Map<PlatformId, Promise<void>>();
  readonly #repeats = new Set<() => void>();
  #stopped = false;

  constructor(parts: PusherParts) {
    this.#parts = parts;
  }

  /** Sets, or with null removes, a platform's callback address. */
  setAddress(platform: PlatformId, url: string | null): void {
    if (url === null) this.#addresses.delete(platform);
    else this.#addresses.set(platform, url);
  }

  start(): void {
    const { world } = this.#parts;
    world.onMessage((shop, conversation, message) =>
      this.#tell(shop, (parts, now) => messageNews(parts, shop, conversation, message, now)),
    );
    world.onMark((shop, conversation, effect) => {
      if (shop.platform !== 'lazada') return;
      if (effect.kind === 'read') this.#tell(shop, (_, now) => sessionNews(shop, conversation, now));
      const recalled =
        effect.kind === 'recall' && conversation.messages.find(({ id }) => id === effect.messageId);
      if (recalled) this.#tell(shop, (parts, now) => messageNews(parts, shop, conversation, recalled, now));
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#repeats) cancel();
    await Promise.all(this.#queues.values());
  }

  /** `now`: by the platform's clock. */
  #tell(shop: Shop, make: (parts: PlatformParts, now: number) => PushNews): void {
    const parts = this.#parts.platforms.get(shop.platform);
    if (parts === undefined || !this.#addresses.has(shop.platform)) return;
    const { world, clock } = this.#parts;
    const news = make(parts, world.timeOf(shop.platform, clock.now()));
    const fault = this.#parts.faults.takePush(shop.platform, shop.shopId);
    if (fault?.kind === 'push-lost') {
      this.#record(shop, news, 0, 'lost');
      return;
    }
    for (let copy = fault?.kind === 'push-twice' ? 2 : 1; copy > 0; copy -= 1) {
      const queue = this.#queues.get(shop.platform) ?? Promise.resolve();
      this.#queues.set(
        shop.platform,
        queue.then(() => this.#attempt(shop, news, 1)),
      );
    }
  }

  async #attempt(shop: Shop, news: PushNews, attempt: number): Promise<void> {
    const url = this.#addresses.get(shop.platform);
    if (url === undefined || this.#stopped) return;
    const outcome = await this.#post(shop.platform, url, news.body);
    if (this.#stopped) return;
    this.#record(shop, news, attempt, outcome);
    const wait = plans[shop.platform].repeats[attempt - 1];
    if (/^2\d\d$/.test(outcome) || wait === undefined) return;
    const cancel = this.#parts.clock.after(wait, () => {
      this.#repeats.delete(cancel);
      void this.#attempt(shop, news, attempt + 1);
    });
    this.#repeats.add(cancel);
  }

  async #post(platform: PlatformId, url: string, body: string): Promise<string> {
    const signal = AbortSignal.timeout(plans[platform].deadlineMs);
    const headers = { 'content-type': 'application/json', authorization: this.#sign(platform, url, body) };
    try {
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      await response.arrayBuffer();
      return String(response.status);
    } catch {
      return signal.aborted ? 'timed-out' : 'unreachable';
    }
  }

  #sign(platform: PlatformId, url: string, body: string): string {
    const keys = this.#parts.platforms.get(platform)?.keys;
    if (keys === undefined) throw new Error(`no keys for ${platform}`);
    if (platform === 'shopee') return signShopeePush(keys.pushSecret, url, body);
    const sign = platform === 'lazada' ? signLazadaPush : signTiktokWebhook;
    return sign(keys.pushSecret, keys.appKey, body);
  }

  #record(shop: Shop, news: PushNews, attempt: number, outcome: string): void {
    this.#parts.commits.commit({
      kind: 'push',
      at: this.#parts.clock.now(),
      platform: shop.platform,
      shopId: shop.shopId,
      messageId: news.messageId,
      event: news.event,
      attempt,
      outcome,
      effects: [],
    });
  }
}
