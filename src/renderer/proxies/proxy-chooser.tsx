import { Select, type ComboboxItem, type ComboboxParsedItem } from '@mantine/core';
import { useMemo } from 'react';
import type { ProxyView } from '../../contract/proxies.ts';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { SiteTag } from '../ui/site-tag.tsx';
import { buildBoard, isFound } from './board-model.ts';
import { conditionOf, countryOf, isUnused, nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { useEndsText } from './words.ts';
import styles from './dialogs.module.css';

/** Options drawn at once; others are found by typing. */
const MOST_SHOWN = 60;
const DIRECT = 'direct';
const groups = ['near', 'elsewhere', 'used', 'unfit'] as const;

/** Spares of the wanted country come first, what carries nothing comes last. */
function groupOf(proxy: ProxyView, country: string | null, now: number): (typeof groups)[number] {
  const condition = conditionOf(proxy, now);
  if (condition === 'ended' || condition === 'disabled' || condition === 'failing') return 'unfit';
  if (!isUnused(proxy)) return 'used';
  return country !== null && countryOf(proxy) === country ? 'near' : 'elsewhere';
}

interface ProxyChooserProps {
  readonly label: string;
  /** The label is only for screen readers. */
  readonly bare?: boolean;
  readonly value: number | null;
  readonly onChange: (proxyId: number | null) => void;
  /** The country that suits; its spares come first. */
  readonly country: string | null;
  /** Leaving directly is one of the choices, and whether it may be made. */
  readonly direct?: 'offered' | 'forbidden';
  readonly without?: ReadonlySet<number>;
  /** What leaving by none is called; "directly" unless told. */
  readonly directText?: string;
}

function useOptions({ country, without, direct, directText, value }: ProxyChooserProps) {
  const t = useT('proxies');
  const proxies = useProxies((state) => state.proxies);
  const now = useMinute();
  return useMemo(() => {
    const everything = { text: '', kind: 'all', provider: null, tag: null, ends: null } as const;
    const around = { now, storeText: () => '' };
    const sorted = buildBoard(proxies, everything, { by: 'name', down: false }, around).filter(
      ({ id }) => id === value || without?.has(id) !== true,
    );
    const byGroup = Map.groupBy(sorted, (proxy) => groupOf(proxy, country, now));
    const named = groups.map((group) => ({
      group: t(`chooser.${group}`),
      items: (byGroup.get(group) ?? []).map((proxy) => ({
        value: String(proxy.id),
        label: displayText(nameOf(proxy)),
      })),
    }));
    const directly = {
      value: DIRECT,
      label: directText ?? t('chooser.direct'),
      disabled: direct === 'forbidden',
    };
    const shown = named.filter(({ items }) => items.length > 0);
    return direct === undefined ? shown : [directly, ...shown];
  }, [proxies, now, country, without, direct, directText, value, t]);
}

function Option({ item }: { readonly item: ComboboxItem }) {
  const ends = useEndsText();
  const proxy = useProxies((state) => state.byId.get(Number(item.value)));
  const now = useMinute();
  const country = proxy === undefined ? null : countryOf(proxy);
  return (
    <span className={styles.option}>
      <span className={styles.optionName}>{item.label}</span>
      {country !== null && <SiteTag site={country} />}
      {proxy !== undefined && <span className={styles.aside}>{ends(proxy.expiresAt, now)}</span>}
    </span>
  );
}

/** By address, country, provider and the rest, not only by name. */
function keepFound({ options, search }: { readonly options: ComboboxParsedItem[]; readonly search: string }) {
  const { byId } = useProxies.getState();
  const found = (item: ComboboxItem): boolean => {
    const proxy = byId.get(Number(item.value));
    return proxy === undefined ? search.trim() === '' : isFound(proxy, search);
  };
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return found(option as ComboboxItem) ? [option] : [];
    const items = (option.items as ComboboxItem[]).filter(found);
    return items.length === 0 ? [] : [{ ...option, items } as ComboboxParsedItem];
  });
}

/** Picks one proxy out of thousands; with `direct`, null is leaving directly. */
export function ProxyChooser(props: ProxyChooserProps) {
  const { label, bare = false, value, onChange, direct } = props;
  const t = useT('proxies');
  const data = useOptions(props);
  return (
    <Select
      size="sm"
      {...(bare ? { 'aria-label': label } : { label })}
      placeholder={t('chooser.placeholder')}
      nothingFoundMessage={t('chooser.nothing')}
      searchable
      allowDeselect={false}
      limit={MOST_SHOWN}
      maxDropdownHeight={280}
      comboboxProps={{ withinPortal: true }}
      value={value === null ? (direct === undefined ? null : DIRECT) : String(value)}
      data={data}
      filter={keepFound}
      renderOption={({ option }) => <Option item={option} />}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen === DIRECT ? null : Number(chosen));
      }}
    />
  );
}
