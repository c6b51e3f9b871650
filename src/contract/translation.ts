import { z } from 'zod';
import type { ErrorShape } from '../base/errors.ts';
import { call } from './define.ts';
import { languageSchema, type LanguageCode } from './languages.ts';
import { idSchema } from './models.ts';
import {
  providerKinds,
  type ProviderKind,
  translationModes,
  type TranslationMode,
} from './translation-models.ts';

/** A translation service as pages see it; its key stays in the engine. They are asked in the order of the list. */
export interface ProviderView {
  readonly id: number;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly address: string;
  readonly place: string;
  readonly model: string;
  readonly hasKey: boolean;
  /** Languages it is asked for; empty: any. */
  readonly languages: readonly LanguageCode[];
  /** The proxy it is reached by, never a store's way; null: directly. */
  readonly proxyId: number | null;
  /** That proxy was removed: it is not asked until another way is chosen. */
  readonly isProxyGone: boolean;
  readonly enabled: boolean;
  /** It belongs to the practice stores and translates out of a phrase book. */
  readonly isPractice: boolean;
  /** Why it is not asked now; null: it is. `until`: UTC milliseconds, null where a person has to change something. */
  readonly stop: { readonly error: ErrorShape; readonly until: number | null } | null;
}

/** What was translated this calendar month, in code points of the texts sent. */
export interface TranslationUsage {
  readonly characters: number;
  /** Null: there is none. */
  readonly budget: number | null;
  /** Calls of providers. */
  readonly calls: number;
  /** Code points that were not sent, because their translation was kept already. */
  readonly saved: number;
}

/** Whether a conversation's messages are translated, and where that was said; null: nothing was. */
export interface ReadingMode {
  readonly mode: TranslationMode;
  readonly conversation: TranslationMode | null;
  readonly store: TranslationMode | null;
}

/** How answers in a conversation are translated. */
export interface AnswerLanguage {
  /** Null: they go as they are written. */
  readonly to: LanguageCode | null;
  /** What the buyer writes in; null where nobody can tell. */
  readonly buyer: LanguageCode | null;
  /** What was said for this conversation; null: nothing. */
  readonly chosen: LanguageCode | 'off' | null;
  /** The language translations are read in here, for the way back. */
  readonly back: LanguageCode;
}

/** A translation with the message it is of. */
export interface KeptTranslation {
  readonly storeId: number;
  readonly original: string;
  readonly translation: string;
  readonly from: LanguageCode | null;
  readonly to: LanguageCode;
  readonly by: 'platform' | 'provider' | 'person';
  readonly provider: string | null;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What is kept of one store. */
export interface TranslationSize {
  readonly storeId: number;
  readonly translations: number;
  /** Of their texts, UTF-8. */
  readonly bytes: number;
}

const name = z.string().trim().min(1).max(80);
const providerFields = z.object({
  kind: z.enum(providerKinds),
  name,
  address: z.url({ protocol: /^https?$/i }).max(500),
  place: z.string().trim().max(200),
  model: z.string().trim().max(200),
  languages: z.array(languageSchema).max(100),
  proxyId: idSchema.nullable(),
  enabled: z.boolean(),
});

/** Translation of what buyers write. Feed: `translation`; a message's own by `messages`. */
export const translationContract = {
  'translation.providers': call<ProviderView[]>()(z.object({})),
  /** `id` null: a new one, asked last. `key` undefined: as it is; empty: none. Error: `invalid` with `field`. */
  'translation.saveProvider': call<ProviderView>()(
    providerFields.extend({ id: idSchema.nullable(), key: z.string().max(20_000).optional() }),
  ),
  'translation.removeProvider': call<null>()(z.object({ id: idSchema })),
  /** Asked in this order from now on; those not named keep theirs, behind. */
  'translation.orderProviders': call<null>()(z.object({ ids: z.array(idSchema).max(100) })),
  /** Has it translate one sentence, past every pause. Errors: as it answers, see `Provider`. */
  'translation.testProvider': call<{ readonly text: string; readonly ms: number }>()(
    z.object({ id: idSchema }),
  ),
  /** A store's own mode, or a conversation's; null: as the store, or as the settings say. */
  'translation.setMode': call<null>()(
    z.object({
      of: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('store'), storeId: idSchema }),
        z.object({ kind: z.literal('conversation'), conversationId: idSchema }),
      ]),
      mode: z.enum(translationModes).nullable(),
    }),
  ),
  /** What holds for a conversation. */
  'translation.conversation': call<{ readonly reading: ReadingMode; readonly answers: AnswerLanguage }>()(
    z.object({ conversationId: idSchema }),
  ),
  /** A person wants this message translated, whatever the mode; one that failed is tried again. */
  'translation.ask': call<null>()(z.object({ messageId: idSchema })),
  /** A person's own words for a message, preferred from now on wherever this text is read in this store; empty: none. */
  'translation.edit': call<null>()(z.object({ messageId: idSchema, text: z.string().max(20_000) })),
  'translation.setOutgoing': call<null>()(
    z.object({ conversationId: idSchema, to: z.union([z.literal('off'), languageSchema]).nullable() }),
  ),
  /**
   * What a person writes, in another language; kept as any translation. `text` null: it is in that language already, or
   * has no words. Errors: as a message's translation says why it failed.
   */
  'translation.draft': call<{ readonly text: string | null }>()(
    z.object({ conversationId: idSchema, text: z.string().max(20_000), to: languageSchema }),
  ),
  /** A person changed the translation of what they wrote: their words are preferred in this store from now on. */
  'translation.prefer': call<null>()(
    z.object({
      conversationId: idSchema,
      text: z.string().max(20_000),
      words: z.string().max(20_000),
      to: languageSchema,
    }),
  ),
  'translation.usage': call<TranslationUsage>()(z.object({})),
  'translation.sizes': call<TranslationSize[]>()(z.object({})),
  /** Words that come through every translation as they are, of a store or (null) of all; in order. */
  'translation.glossary': call<{ readonly terms: string[] }>()(z.object({ storeId: idSchema.nullable() })),
  /** These and no others from now on. What was translated before stays as it is. */
  'translation.setGlossary': call<null>()(
    z.object({
      storeId: idSchema.nullable(),
      terms: z.array(z.string().trim().min(1).max(100)).max(500),
    }),
  ),
  /** What is kept, from row `after` on; `next`: where to go on, null at the end. */
  'translation.export': call<{ readonly rows: KeptTranslation[]; readonly next: number | null }>()(
    z.object({ after: z.number().int().min(0) }),
  ),
  /** Deletes what is kept of a store or a conversation; both null: all. */
  'translation.clear': call<null>()(
    z.object({ storeId: idSchema.nullable(), conversationId: idSchema.nullable() }),
  ),
};
