import { useLanguage, type Language } from '../i18n/i18n.ts';
import styles from './site-tag.module.css';

const namesOf = new Map<Language, Intl.DisplayNames>();

/** The name of a site's country in a language; its two letters where that is not known. */
function countryName(site: string, language: Language): string {
  const names =
    namesOf.get(language) ?? new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  namesOf.set(language, names);
  return names.of(site) ?? site;
}

/** A site's two letters in a hairline box; the country's name as tooltip. */
export function SiteTag({ site }: { readonly site: string }) {
  const language = useLanguage();
  return (
    <abbr className={styles.tag} title={countryName(site, language)}>
      {site}
    </abbr>
  );
}
