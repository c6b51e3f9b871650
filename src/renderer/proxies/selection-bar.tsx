import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { changeProxies } from './bind.ts';
import { askAbout, chooseNone, useBoard, type BoardQuestion } from './board-store.ts';
import { startChecks } from './checks-store.ts';
import { useProxies } from './proxies-store.ts';
import { useProxyError } from './words.ts';
import styles from './selection-bar.module.css';

const first: readonly BoardQuestion[] = ['assign', 'replace', 'renew'];

/** What can be done with the chosen proxies; there while any is chosen. */
export function SelectionBar() {
  const t = useT('proxies');
  const errorText = useProxyError();
  const chosen = useBoard((state) => state.chosen);
  const byId = useProxies((state) => state.byId);
  const [error, setError] = useState<ErrorShape | null>(null);
  const proxies = useMemo(() => [...chosen].flatMap((id) => byId.get(id) ?? []), [chosen, byId]);
  if (proxies.length === 0) return null;
  const ids = proxies.map(({ id }) => id);
  const disabled = proxies.filter(({ state }) => state === 'disabled');
  const enabled = proxies.filter(({ state }) => state !== 'disabled');

  const switchAll = async (on: boolean): Promise<void> => {
    const outcome = await changeProxies(
      (on ? disabled : enabled).map(({ id }) => id),
      { disabled: !on },
    );
    setError(outcome.error);
  };
  const turnOff = (): void => {
    const used = enabled.some(({ storeIds }) => storeIds.length > 0);
    if (used)
      askAbout(
        'disable',
        enabled.map(({ id }) => id),
      );
    else void switchAll(false);
  };
  const ask = (kind: BoardQuestion) => (
    <Button key={kind} variant="default" size="xs" onClick={() => askAbout(kind, ids)}>
      {t(`act.${kind}`)}
    </Button>
  );
  return (
    <div className={styles.bar} role="group" aria-label={t('choose.bar')} data-testid="selection-bar">
      <span className={styles.count}>{t('choose.count', { count: proxies.length })}</span>
      {first.map(ask)}
      <Button variant="default" size="xs" onClick={() => void startChecks(ids)}>
        {t('act.check')}
      </Button>
      {enabled.length > 0 && (
        <Button variant="default" size="xs" onClick={turnOff}>
          {t('act.disable')}
        </Button>
      )}
      {disabled.length > 0 && (
        <Button variant="default" size="xs" onClick={() => void switchAll(true)}>
          {t('act.enable')}
        </Button>
      )}
      {ask('export')}
      {ask('remove')}
      {error !== null && (
        <span role="alert" className={styles.problem}>
          {errorText(error)}
        </span>
      )}
      <span className={styles.gap} />
      <Button variant="subtle" color="gray" size="xs" onClick={chooseNone}>
        {t('choose.none')}
      </Button>
    </div>
  );
}
