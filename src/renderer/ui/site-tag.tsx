import { useLanguage } from '../i18n/i18n.ts';
import { siteName } from './site-name.ts';
import styles from './site-tag.module.css';

/** A site's two letters in a hairline box; the country's name as tooltip. */
export function SiteTag({ site }: { readonly site: string }) {
  const language = useLanguage();
  return (
    <abbr className={styles.tag} title={siteName(site, language)}>
      {site}
    </abbr>
  );
}
