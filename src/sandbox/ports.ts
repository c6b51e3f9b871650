import type { Clock } from '../base/time.ts';
import type { PlatformId } from '../contract/models.ts';
import { platformListener } from './api/listener.ts';
import type { PlatformApi, PlatformParts, Profile } from './api/types.ts';
import type { PlatformAddress } from './bundle.ts';
import { RateLimits } from './faults/limits.ts';
import type { FaultPlan } from './faults/rules.ts';
import { LocalPort } from './http/port.ts';
import type { Commits } from './journal/commits.ts';
import { lazadaApi } from './lazada/api.ts';
import { PICTURE_PATH, THUMB } from './media/serve.ts';
import type { UploadFiles } from './media/uploads.ts';
import { shopeeApi } from './shopee/api.ts';
import { tiktokApi } from './tiktok/api.ts';
import { sellerListener, type SellerManner } from './seller/listener.ts';
import { keysOf } from './world/keys.ts';
import type { Shop } from './world/model.ts';
import type { World } from './world/world.ts';

const makers: Readonly<Record<PlatformId, (parts: PlatformParts) => PlatformApi>> = {
  shopee: shopeeApi,
  lazada: lazadaApi,
  tiktok: tiktokApi,
};
const order: readonly PlatformId[] = ['shopee', 'lazada', 'tiktok'];

/** A port that could not be opened again is tried anew after this long. Milliseconds. */
const REOPEN_MS = 1_000;

/** The seller centre of one site. */
interface SellerPort {
  readonly shop: Shop;
  readonly port: LocalPort;
}

interface OpenPort {
  readonly platform: PlatformId;
  readonly port: LocalPort;
  readonly parts: PlatformParts;
}

/** What the platforms' ports share. */
export interface PortsParts {
  readonly world: World;
  readonly commits: Commits;
  readonly faults: FaultPlan;
  readonly files: UploadFiles;
  readonly clock: Clock;
  readonly profile: Profile;
  /** The first of three ports in a row, those of the seller centres behind them; or 0 for any. */
  readonly firstPort: number;
}

/** The three platforms' ports. */
export class PlatformPorts {
  readonly #open: readonly OpenPort[];
  readonly #sellers: readonly SellerPort[];
  readonly #manners: Readonly<Record<PlatformId, SellerManner>> = {
    shopee: { delayMs: 0, isBroken: false },
    lazada: { delayMs: 0, isBroken: false },
    tiktok: { delayMs: 0, isBroken: false },
  };
  readonly #clock: Clock;
  readonly #returns = new Set<() => void>();
  #closed = false;

  constructor(parts: PortsParts) {
    this.#clock = parts.clock;
    const limits = new RateLimits(parts.profile);
    this.#open = order.map((platform, index) => {
      const own: PlatformParts = {
        world: parts.world,
        keys: keysOf(parts.world.seed, platform),
        profile: parts.profile,
        pictureUrl: ({ key }) => `${port.url}${PICTURE_PATH}${key}.png`,
        thumbUrl: ({ key }) => `${port.url}${PICTURE_PATH}${THUMB}${key}.png`,
        fileUrl: (file) => `${port.url}${PICTURE_PATH}${file}`,
      };
      const api = makers[platform](own);
      const listener = platformListener({ ...parts, api, limits });
      const port = new LocalPort(listener, parts.firstPort === 0 ? 0 : parts.firstPort + index);
      return { platform, port, parts: own };
    });
    this.#sellers = parts.world.shops.map((shop, index) => ({
      shop,
      port: new LocalPort(
        sellerListener({ ...parts, shop, urlOf: this.#sellerUrl, manner: this.#manners[shop.platform] }),
        parts.firstPort === 0 ? 0 : parts.firstPort + order.length + index,
      ),
    }));
  }

  readonly #sellerUrl = (shop: Shop): string =>
    this.#sellers.find((one) => one.shop === shop)?.port.url ?? '';

  /** How a platform's seller centres answer from now on. */
  setManner(platform: PlatformId, manner: SellerManner): void {
    Object.assign(this.#manners[platform], manner);
  }

  get addresses(): PlatformAddress[] {
    return this.#open.map(({ platform, port, parts }) => ({
      platform,
      url: port.url,
      keys: parts.keys,
      sellerCentres: Object.fromEntries(
        this.#sellers
          .filter(({ shop }) => shop.platform === platform)
          .map(({ shop, port: own }) => [shop.site, `${own.url}/`]),
      ),
    }));
  }

  /** What each platform's stand-in was made from. */
  get parts(): ReadonlyMap<PlatformId, PlatformParts> {
    return new Map(this.#open.map(({ platform, parts }) => [platform, parts]));
  }

  async open(): Promise<void> {
    for (const { port } of [...this.#open, ...this.#sellers]) await port.open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#returns) cancel();
    await Promise.all([...this.#open, ...this.#sellers].map(({ port }) => port.close()));
  }

  /** Closes a platform's ports; each comes back on the same number after `ms`, or by `open` when that is 0. */
  async goAway(platform: PlatformId, ms: number): Promise<void> {
    const own = [
      ...this.#open.filter((one) => one.platform === platform),
      ...this.#sellers.filter(({ shop }) => shop.platform === platform),
    ];
    await Promise.all(own.map(({ port }) => port.close()));
    if (ms > 0) for (const { port } of own) this.#comeBack(port, ms);
  }

  /** The system may have given the number to someone else meanwhile: then it is tried until it is free. */
  #comeBack(port: LocalPort, ms: number): void {
    const cancel = this.#clock.after(ms, () => {
      this.#returns.delete(cancel);
      port.open().catch(() => {
        if (!this.#closed) this.#comeBack(port, REOPEN_MS);
      });
    });
    this.#returns.add(cancel);
  }
}
