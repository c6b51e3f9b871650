import { Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import type { StoreView } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { fold } from '../stores/fuzzy.ts';
import { searchText } from '../stores/rail-model.ts';
import { useStores } from '../stores/stores-store.ts';
import { isComposing } from '../ui/ime.ts';
import { nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { StoreName } from './store-name.tsx';
import styles from './dialogs.module.css';

const names = new Intl.Collator(undefined, { numeric: true });
const byName = (a: StoreView, b: StoreView): number =>
  names.compare(a.name, b.name) || a.site.localeCompare(b.site) || a.id - b.id;

interface StoreChooserProps {
  /** In the order in which they were chosen. */
  readonly chosen: readonly number[];
  readonly onChange: (storeIds: readonly number[]) => void;
  /** Shows each one's number in that order. */
  readonly numbered?: boolean;
}

interface LineProps extends StoreChooserProps {
  readonly store: StoreView;
}

function Line({ store, chosen, onChange, numbered = false }: LineProps) {
  const t = useT('proxies');
  const box = useId();
  const proxy = useProxies((state) => state.byStore.get(store.id));
  const at = chosen.indexOf(store.id);
  const toggle = (): void =>
    onChange(at === -1 ? [...chosen, store.id] : chosen.filter((id) => id !== store.id));
  return (
    <li className={styles.item}>
      <input id={box} type="checkbox" checked={at !== -1} onChange={toggle} />
      <label htmlFor={box}>
        <StoreName store={store} />
        <span className={styles.aside}>
          {numbered && at !== -1
            ? t('assign.number', { number: at + 1 })
            : proxy === undefined
              ? t('stores.direct')
              : displayText(nameOf(proxy))}
        </span>
      </label>
    </li>
  );
}

/** Picks stores out of all of them, with what each leaves by now. */
export function StoreChooser(props: StoreChooserProps) {
  const t = useT('proxies');
  const stores = useStores((state) => state.stores);
  const byStore = useProxies((state) => state.byStore);
  const [text, setText] = useState('');
  const [onlyFree, setOnlyFree] = useState(false);
  const shown = useMemo(() => {
    const words = fold(text).split(/\s+/u).filter(Boolean);
    return stores
      .filter((store) => !onlyFree || !byStore.has(store.id) || props.chosen.includes(store.id))
      .filter((store) => {
        const own = fold(searchText(store, (platform) => t(`platform.${platform}`)));
        return words.every((word) => own.includes(word));
      })
      .sort(byName);
  }, [stores, byStore, onlyFree, text, props.chosen, t]);
  return (
    <div>
      <div className={styles.tools}>
        <TextInput
          size="xs"
          type="search"
          aria-label={t('assign.search')}
          placeholder={t('assign.search')}
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          value={text}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter would press the dialog's button before anything is chosen.
            if (event.key === 'Enter' && !isComposing(event)) event.preventDefault();
          }}
        />
        <Switch
          size="xs"
          label={t('assign.onlyFree')}
          checked={onlyFree}
          onChange={(event) => setOnlyFree(event.currentTarget.checked)}
        />
      </div>
      <ul className={styles.list} aria-label={t('assign.list')}>
        {shown.map((store) => (
          <Line key={store.id} store={store} {...props} />
        ))}
        {shown.length === 0 && <li className={styles.nothing}>{t('assign.nothing')}</li>}
      </ul>
    </div>
  );
}
