import { z } from 'zod';

/** Languages that are translated between, by their BCP 47 codes, with their English names. */
export const languageNames = {
  en: 'English',
  'zh-Hans': 'Simplified Chinese',
  'zh-Hant': 'Traditional Chinese',
  th: 'Thai',
  vi: 'Vietnamese',
  id: 'Indonesian',
  ms: 'Malay',
  fil: 'Filipino',
  es: 'Spanish',
  pt: 'Portuguese',
  ja: 'Japanese',
  ko: 'Korean',
  fr: 'French',
  de: 'German',
  it: 'Italian',
  nl: 'Dutch',
  pl: 'Polish',
  ru: 'Russian',
  tr: 'Turkish',
  ar: 'Arabic',
  hi: 'Hindi',
  km: 'Khmer',
  my: 'Burmese',
} as const;

export type LanguageCode = keyof typeof languageNames;

/** In the order in which they are offered. */
export const languageCodes = Object.keys(languageNames) as [LanguageCode, ...LanguageCode[]];

export const languageSchema = z.enum(languageCodes);
