/** Whether messages of buyers are translated: never, when a person asks, or as soon as they are looked at. */
export const translationModes = ['off', 'click', 'auto'] as const;
export type TranslationMode = (typeof translationModes)[number];
