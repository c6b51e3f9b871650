import { useMemo } from 'react';
import { useLanguage } from '../i18n/i18n.ts';
import styles from './site-tag.module.css';

/** A site's two letters in a hairline box; the country's name as tooltip. */
export function SiteTag({ site }: { readonly site: string }) {
  const language = useLanguage();
  const name = useMemo(
    () => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(site),
    [language, site],
  );
  return (
    <abbr className={styles.tag} title={name}>
      {site}
    </abbr>
  );
}
