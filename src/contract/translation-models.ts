import type { ErrorShape } from '../base/errors.ts';
import type { LanguageCode } from './languages.ts';

/** Kinds of translation services. */
export const providerKinds = [
  'deepl',
  'google-v2',
  'google-v3',
  'azure',
  'libretranslate',
  'openai',
] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** Whether messages of buyers are translated: never, when a person asks, or as soon as they are looked at. */
export const translationModes = ['off', 'click', 'auto'] as const;
export type TranslationMode = (typeof translationModes)[number];

/** The translation of a message into the language messages are read in. */
export type TranslationView =
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly error: ErrorShape }
  | {
      readonly state: 'done';
      readonly text: string;
      /** Null where nobody said. */
      readonly from: LanguageCode | null;
      readonly to: LanguageCode;
      /** The platform itself, a provider by its name, or a person who wrote it. */
      readonly by: 'platform' | 'provider' | 'person';
      readonly provider: string | null;
    }
  /** It is in a language that is not read here, and nobody asked for a translation yet. */
  | { readonly state: 'offered'; readonly from: LanguageCode | null };
