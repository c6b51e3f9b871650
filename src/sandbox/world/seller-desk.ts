import type { PlatformId } from '../../contract/models.ts';
import { hexOf } from './prng.ts';
import type { ShopSpec } from './model.ts';

/** Who can sign in to a seller centre: one name for each shop, and a main account for all shops of a platform. */
export interface SellerUser {
  readonly platform: PlatformId;
  readonly name: string;
  readonly password: string;
  /** Keys of its shops. */
  readonly shops: readonly string[];
}

/** A session ends by itself after so long, in milliseconds. */
export const SESSION_MS = 7 * 86_400_000;

/** Somebody is signed in. Ends when signed out, or ended by command. */
export interface SellerSession {
  /** 1, 2, 3, … in the order they began. */
  readonly number: number;
  readonly user: SellerUser;
  /** When it began, UTC milliseconds. */
  readonly at: number;
  /** The shop a main account chose to work as; null: that of the address it is at. */
  shop: string | null;
}

/** Changes of what is below; they stand in the journal, where no secret is in them. */
export type SellerEffect =
  | { readonly kind: 'seller-in'; readonly platform: PlatformId; readonly user: string; readonly at: number }
  | { readonly kind: 'seller-out'; readonly session: number }
  | { readonly kind: 'seller-shop'; readonly session: number; readonly shop: string }
  /** Every session that reaches this shop ends. */
  | { readonly kind: 'seller-end'; readonly shop: string }
  /** Whoever works in this shop is asked to prove to be a person, or has proved it. */
  | { readonly kind: 'seller-verify'; readonly shop: string; readonly isDue: boolean };

/** Users and sessions of the seller centres. */
export class SellerDesk {
  readonly users: readonly SellerUser[];
  readonly #seed: string;
  readonly #sessions = new Map<number, SellerSession>();
  readonly #due = new Set<string>();
  #made = 0;

  constructor(seed: string, shops: readonly ShopSpec[]) {
    this.#seed = seed;
    this.users = usersOf(seed, shops);
  }

  user(platform: PlatformId, name: string): SellerUser | undefined {
    return this.users.find((user) => user.platform === platform && user.name === name);
  }

  /** The number the next session will have. */
  get next(): number {
    return this.#made + 1;
  }

  /** What its cookies hold. */
  tokenOf(session: number): string {
    return `${session}.${hexOf(`${this.#seed}|seller session|${session}`, 32)}`;
  }

  /** The session of these cookies; null: there is none, or it has ended by now. */
  byToken(platform: PlatformId, token: string, now: number): SellerSession | null {
    const session = this.#sessions.get(Number(token.split('.')[0]));
    const fits = session?.user.platform === platform && this.tokenOf(session.number) === token;
    return fits && now - session.at < SESSION_MS ? session : null;
  }

  isDue(user: SellerUser): boolean {
    return user.shops.some((shop) => this.#due.has(shop));
  }

  apply(effect: SellerEffect): void {
    switch (effect.kind) {
      case 'seller-in': {
        const user = this.user(effect.platform, effect.user);
        if (user === undefined) throw new Error(`no such seller: ${effect.user}`);
        this.#made += 1;
        this.#sessions.set(this.#made, { number: this.#made, user, at: effect.at, shop: null });
        return;
      }
      case 'seller-out':
        this.#sessions.delete(effect.session);
        return;
      case 'seller-shop': {
        const session = this.#sessions.get(effect.session);
        if (session !== undefined) session.shop = effect.shop;
        return;
      }
      case 'seller-end':
        for (const { number, user } of this.#sessions.values()) {
          if (user.shops.includes(effect.shop)) this.#sessions.delete(number);
        }
        return;
      case 'seller-verify':
        if (effect.isDue) this.#due.add(effect.shop);
        else this.#due.delete(effect.shop);
    }
  }
}

function usersOf(seed: string, shops: readonly ShopSpec[]): SellerUser[] {
  const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const made = (platform: PlatformId, name: string, own: readonly ShopSpec[]): SellerUser => ({
    platform,
    name,
    password: hexOf(`${seed}|seller password|${platform}|${name}`, 8),
    shops: own.map((shop) => shop.key),
  });
  return [...new Set(shops.map((shop) => shop.platform))].flatMap((platform) => {
    const own = shops.filter((shop) => shop.platform === platform);
    const single = own.map((shop) => made(platform, `${slug(shop.name)}-${shop.site.toLowerCase()}`, [shop]));
    return [...single, made(platform, `${slug(own[0]?.name ?? platform)}-main`, own)];
  });
}
