import { IconX } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import styles from './list-head.module.css';

function Active({ name, remove }: { readonly name: string; readonly remove: () => void }) {
  const t = useT('conversations');
  return (
    <button
      type="button"
      className={styles.active}
      aria-label={t('filter.remove', { name })}
      onClick={remove}
    >
      {name}
      <IconX size={12} aria-hidden />
    </button>
  );
}

/** What narrows the list now, each taken off with one click. Nothing while nothing does. */
export function ActiveFilters() {
  const t = useT('conversations');
  const unread = usePanel((state) => state.unread);
  const sites = usePanel((state) => state.sites);
  const { narrow } = usePanel.getState();
  if (!unread && sites.length === 0) return null;
  return (
    <div className={styles.actives}>
      {unread && <Active name={t('filter.unread')} remove={() => narrow({ unread: false })} />}
      {sites.map((site) => (
        <Active
          key={site}
          name={site}
          remove={() => narrow({ sites: sites.filter((other) => other !== site) })}
        />
      ))}
    </div>
  );
}
