import type { Channel } from './channel.ts';
import { lazada } from './lazada/index.ts';
import { shopee } from './shopee/index.ts';
import { tiktok } from './tiktok/index.ts';

type Platform = Channel['facts']['platform'];

const channels: Readonly<Record<Platform, Channel>> = { shopee, lazada, tiktok };

/** The channel of a platform. */
export function channelFor(platform: Platform): Channel {
  return channels[platform];
}
