import { z } from 'zod';
import { call } from './define.ts';
import { languageSchema } from './languages.ts';
import { translationModes } from './translation-models.ts';

/** When the platform is told that a conversation was read: after 2 s in view with focus, or only on reply. */
const readMark = z.enum(['view', 'reply']);

/** The address of a look-up service. */
const lookup = z.union([z.literal(''), z.url({ protocol: /^https?$/i }).max(500)]);

/** A STUN server with its port. */
const stun = z.union([
  z.literal(''),
  z
    .string()
    .max(300)
    .regex(/^stun:(?:\[[\da-f:.]+\]|[^\s:/?#@[\]]+):\d{1,5}$/iu),
]);

/** What each setting may be. */
const values = z.object({
  /** `system` follows the computer. */
  language: z.enum(['system', 'en', 'zh-Hans']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  sendKey: z.enum(['enter', 'ctrl-enter']),
  readMarkShopee: readMark,
  readMarkLazada: readMark,
  readMarkTiktok: readMark,
  listSort: z.enum(['waiting', 'newest']),
  /** Rail sections folded away: platform ids and `group:<id>`. */
  collapsedSections: z.array(z.string().max(40)).max(500),
  railOnlyWork: z.boolean(),
  /** Attempts that surely sent nothing before a message is failed. */
  sendAttempts: z.number().int().min(1).max(100),
  /** A message that could not go is asked about after so many minutes. */
  staleMinutes: z.number().int().min(1).max(1440),
  /** Hours between backups; 0: none are made by themselves. */
  backupHours: z.number().int().min(0).max(168),
  /** Stores without a proxy are not reached at all. */
  requireProxy: z.boolean(),
  /** Pictures of messages come as thumbnails, in full only when asked for. */
  saveTraffic: z.boolean(),
  /** Days before a proxy's end at which it is told of. */
  proxyWarnDays: z.array(z.number().int().min(1).max(90)).max(10),
  /** Who is asked where a proxy comes out, and where in the world that is; '': whom the environment names, or the usual. */
  ipLookupUrl: lookup,
  /** Who is asked by IPv6; '': the usual one, but nobody beside a service of one's own. */
  ipLookupV6Url: lookup,
  /** MiB that all stores' browsers may use together. */
  browserMemoryMb: z.number().int().min(256).max(65_536),
  /** A store's browser nobody uses falls asleep after so many minutes. */
  browserSleepMinutes: z.number().int().min(1).max(1440),
  /** The language messages are translated into; `system`: that of the screen. */
  translateTo: z.union([z.literal('system'), languageSchema]),
  /** Languages a person reads: messages in them are never translated. */
  languagesRead: z.array(languageSchema).max(100),
  /** Where neither store nor conversation says otherwise. */
  translateMode: z.enum(translationModes),
  /** Where a conversation does not say otherwise, answers are translated into the buyer's language. */
  translateAnswers: z.boolean(),
  /** Code points that may be sent to be translated in a calendar month; 0: any number. */
  translationBudget: z.number().int().min(0).max(1_000_000_000),
  /** Tells a store's browser its address, as JSON or text; '': the look-up service. */
  isolationUrl: lookup,
  /** Asked by a store's browser whether calls of pages give an address away; '': nobody is. */
  stunUrl: stun,
});
const of = values.shape;

/** Every setting with its default. A stored value that no longer fits falls back to the default. */
export const settingsSchema = z.object({
  language: of.language.default('system'),
  theme: of.theme.default('system'),
  density: of.density.default('comfortable'),
  sendKey: of.sendKey.default('enter'),
  readMarkShopee: of.readMarkShopee.default('view'),
  readMarkLazada: of.readMarkLazada.default('reply'),
  readMarkTiktok: of.readMarkTiktok.default('view'),
  listSort: of.listSort.default('waiting'),
  collapsedSections: of.collapsedSections.default([]),
  railOnlyWork: of.railOnlyWork.default(false),
  sendAttempts: of.sendAttempts.default(20),
  staleMinutes: of.staleMinutes.default(10),
  backupHours: of.backupHours.default(6),
  requireProxy: of.requireProxy.default(false),
  saveTraffic: of.saveTraffic.default(false),
  proxyWarnDays: of.proxyWarnDays.default([7, 3, 1]),
  ipLookupUrl: of.ipLookupUrl.default(''),
  ipLookupV6Url: of.ipLookupV6Url.default(''),
  browserMemoryMb: of.browserMemoryMb.default(2048),
  browserSleepMinutes: of.browserSleepMinutes.default(15),
  translateTo: of.translateTo.default('system'),
  languagesRead: of.languagesRead.default([]),
  translateMode: of.translateMode.default('click'),
  translateAnswers: of.translateAnswers.default(false),
  translationBudget: of.translationBudget.default(0),
  isolationUrl: of.isolationUrl.default(''),
  stunUrl: of.stunUrl.default(''),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of this data folder. Feed: `settings`. */
export const settingsContract = {
  'settings.get': call<Settings>()(z.object({})),
  /** Changes the keys given; answers all settings. No defaults here: `partial()` would fill them in for the others. */
  'settings.set': call<Settings>()(values.partial().strict()),
};
