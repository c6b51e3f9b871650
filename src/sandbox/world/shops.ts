import type { PlatformId } from '../../contract/models.ts';
import type { Language } from '../corpus/types.ts';
import { productsOf } from '../corpus/products.ts';
import { digits } from './ids.ts';
import type { Shop } from './model.ts';
import { hexOf, type Prng } from './prng.ts';

/** A shop before ids: where it sells, and which languages its buyers write, most frequent ones listed more often. */
interface Plan {
  readonly platform: PlatformId;
  readonly name: string;
  readonly site: string;
  readonly currency: string;
  readonly languages: readonly Language[];
}

/** Two sites of one name on every platform: telling them apart is what the panel must make easy. */
const plans: readonly Plan[] = [
  {
    platform: 'shopee',
    name: 'Nusa Living',
    site: 'ID',
    currency: 'IDR',
    languages: ['id', 'id', 'id', 'id', 'id', 'en'],
  },
  {
    platform: 'shopee',
    name: 'Nusa Living',
    site: 'TH',
    currency: 'THB',
    languages: ['th', 'th', 'th', 'th', 'th', 'en'],
  },
  {
    platform: 'lazada',
    name: 'Hive Audio',
    site: 'VN',
    currency: 'VND',
    languages: ['vi', 'vi', 'vi', 'vi', 'vi', 'en'],
  },
  {
    platform: 'lazada',
    name: 'Hive Audio',
    site: 'PH',
    currency: 'PHP',
    languages: ['fil', 'fil', 'fil', 'en'],
  },
  {
    platform: 'tiktok',
    name: 'Baan Craft',
    site: 'MY',
    currency: 'MYR',
    languages: ['ms', 'ms', 'ms', 'zh', 'en'],
  },
  {
    platform: 'tiktok',
    name: 'Baan Craft',
    site: 'SG',
    currency: 'SGD',
    languages: ['en', 'en', 'zh', 'zh', 'ms'],
  },
];

/** A shop without conversations, and the languages of its buyers. */
export interface FoundedShop {
  readonly shop: Shop;
  readonly languages: readonly Language[];
}

function shopId(platform: PlatformId, prng: Prng): string {
  return platform === 'tiktok' ? `749404${digits(prng, 13)}` : digits(prng, 9);
}

/** The six shops, their ids drawn from the seed. */
export function foundShops(prng: Prng, seed: string): FoundedShop[] {
  return plans.map((plan, index) => {
    const own = prng.fork(`shop-${index}`);
    const id = shopId(plan.platform, own);
    const sellerId = plan.platform === 'tiktok' ? `70788${digits(own, 13)}` : digits(own, 9);
    const shop: Shop = {
      key: `${plan.platform}:${id}`,
      platform: plan.platform,
      shopId: id,
      sellerId,
      cipher: plan.platform === 'tiktok' ? `ROW_${hexOf(`${seed}|cipher|${index}`, 22)}` : null,
      name: plan.name,
      site: plan.site,
      currency: plan.currency,
      products: productsOf(plan.name, plan.site, plan.platform, own.fork('products')),
      conversations: new Map(),
      acceptsChat: true,
      made: 0,
      newestAt: 0,
    };
    return { shop, languages: plan.languages };
  });
}
