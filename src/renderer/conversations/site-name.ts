import type { Language } from '../i18n/i18n.ts';

/** The country of a site in the language shown; the code itself where it has no name. */
export function siteName(site: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(site) ?? site;
}
