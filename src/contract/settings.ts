import { z } from 'zod';
import { call } from './define.ts';

/** When the platform is told that a conversation was read: after 2 s in view with focus, or only on reply. */
const readMark = z.enum(['view', 'reply']);

/** Every setting with its default. A stored value that no longer fits falls back to the default. */
export const settingsSchema = z.object({
  /** `system` follows the computer. */
  language: z.enum(['system', 'en', 'zh-Hans']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  sendKey: z.enum(['enter', 'ctrl-enter']).default('enter'),
  readMarkShopee: readMark.default('view'),
  readMarkLazada: readMark.default('reply'),
  readMarkTiktok: readMark.default('view'),
  listSort: z.enum(['waiting', 'newest']).default('waiting'),
  /** Rail sections folded away: platform ids and `group:<id>`. */
  collapsedSections: z.array(z.string().max(40)).max(500).default([]),
  railOnlyWork: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of this data folder. Feed: `settings`. */
export const settingsContract = {
  'settings.get': call<Settings>()(z.object({})),
  /** Changes the keys given; answers all settings. */
  'settings.set': call<Settings>()(settingsSchema.partial().strict()),
};
