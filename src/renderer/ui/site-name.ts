import type { Language } from '../i18n/i18n.ts';

const namesOf = new Map<Language, Intl.DisplayNames>();

/** The country of a site in the language shown; the two letters themselves where it has no name. */
export function siteName(site: string, language: Language): string {
  const names =
    namesOf.get(language) ?? new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  namesOf.set(language, names);
  return names.of(site) ?? site;
}
