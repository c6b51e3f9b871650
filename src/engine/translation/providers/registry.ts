import type { ProviderKind } from '../../../contract/translation-models.ts';
import { azure } from './azure.ts';
import { deepl } from './deepl.ts';
import { googleV2, googleV3 } from './google.ts';
import { libretranslate } from './libretranslate.ts';
import { openai } from './openai.ts';
import type { Provider } from './provider.ts';

/** The provider of each kind. */
export const providers: Readonly<Record<ProviderKind, Provider>> = {
  deepl,
  'google-v2': googleV2,
  'google-v3': googleV3,
  azure,
  libretranslate,
  openai,
};
