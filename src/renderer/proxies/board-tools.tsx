import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { IconApi, IconChartBar, IconDownload, IconPlugConnected, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { isComposing } from '../ui/ime.ts';
import { boardKinds, countKinds, namesOf } from './board-model.ts';
import { askAbout, narrowBoard, useBoard } from './board-store.ts';
import { startChecks } from './checks-store.ts';
import { showHistory } from './history-store.ts';
import { useProxies } from './proxies-store.ts';
import styles from './board-tools.module.css';

function Search() {
  const t = useT('proxies');
  const text = useBoard((state) => state.filter.text);
  return (
    <TextInput
      className={styles.search}
      size="xs"
      type="search"
      aria-label={t('filter.text')}
      placeholder={t('filter.text')}
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
      rightSection={
        text !== '' && (
          <CloseButton size="xs" aria-label={t('filter.clear')} onClick={() => narrowBoard({ text: '' })} />
        )
      }
      value={text}
      onChange={(event) => narrowBoard({ text: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isComposing(event)) narrowBoard({ text: '' });
      }}
    />
  );
}

function Kinds() {
  const t = useT('proxies');
  const format = useFormat();
  const proxies = useProxies((state) => state.proxies);
  const kind = useBoard((state) => state.filter.kind);
  const now = useMinute();
  const counts = useMemo(() => countKinds(proxies, now), [proxies, now]);
  return (
    <div className={styles.kinds} role="group" aria-label={t('filter.kinds')}>
      {boardKinds.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.chip}
          aria-pressed={kind === one}
          data-testid={`proxies-${one}`}
          onClick={() => narrowBoard({ kind: one })}
        >
          {t(`filter.${one}`)}
          <span className={styles.chipCount}>{format.number(counts[one])}</span>
        </button>
      ))}
    </div>
  );
}

function NameChoice({ what }: { readonly what: 'provider' | 'tag' }) {
  const t = useT('proxies');
  const proxies = useProxies((state) => state.proxies);
  const value = useBoard((state) => state.filter[what]);
  const names = useMemo(() => namesOf(proxies, what), [proxies, what]);
  if (names.length === 0 && value === null) return null;
  return (
    <Select
      size="xs"
      className={styles.choice}
      aria-label={t(`column.${what}`)}
      placeholder={t(`filter.any-${what}`)}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      searchable
      limit={200}
      value={value}
      data={names.map(({ name, count }) => ({ value: name, label: t('filter.counted', { name, count }) }))}
      onChange={(name) => narrowBoard({ [what]: name })}
    />
  );
}

/** What narrows the board, and the way to take all of it along as a file. */
export function BoardTools() {
  const t = useT('proxies');
  const proxies = useProxies((state) => state.proxies);
  return (
    <div className={styles.tools}>
      <Search />
      <Kinds />
      <NameChoice what="provider" />
      <NameChoice what="tag" />
      <span className={styles.gap} />
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlugConnected size={14} aria-hidden />}
        onClick={() => void startChecks(null)}
      >
        {t('act.checkAll')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconChartBar size={14} aria-hidden />}
        onClick={() => showHistory('traffic', 0)}
      >
        <span className={styles.exportLabel}>{t('act.traffic')}</span>
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconApi size={14} aria-hidden />}
        onClick={() => showHistory('exits', 0)}
      >
        <span className={styles.exportLabel}>{t('act.exits')}</span>
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() =>
          askAbout(
            'export',
            proxies.map(({ id }) => id),
          )
        }
      >
        <span className={styles.exportLabel}>{t('act.exportAll')}</span>
      </Button>
    </div>
  );
}
