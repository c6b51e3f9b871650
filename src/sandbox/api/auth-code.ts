import type { Shop } from '../world/model.ts';
import { hexOf } from '../world/prng.ts';
import type { World } from '../world/world.ts';

/** The consent code a shop would bring back from the platform's sign-in; good until the next tokens are handed out. */
export function authCode(world: World, shop: Shop): string {
  return hexOf(`${world.seed}|${shop.key}|code|${world.tokens(shop).current.generation}`, 32);
}
