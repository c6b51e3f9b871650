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
