import type { ErrorShape } from '../base/errors.ts';
import type { LanguageCode } from './languages.ts';

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
