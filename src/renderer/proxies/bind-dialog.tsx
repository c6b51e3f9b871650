import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useView } from '../app/views.ts';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { makeMoves, moveAlong } from './bind.ts';
import { closeBinding, useBinding, type BindingQuestion } from './binding-store.ts';
import { showScreen } from './board-store.ts';
import { conditionOf, countryOf, nameOf } from './condition.ts';
import { MoveWarnings } from './move-warnings.tsx';
import { useProxies } from './proxies-store.ts';
import { ProxyChooser } from './proxy-chooser.tsx';
import { siteCountry } from './spares.ts';
import { storeText } from './store-name.tsx';
import { useWeighed } from './use-weighed.ts';
import { useConditionText, useEndsWords, useProxyError } from './words.ts';
import styles from './dialogs.module.css';

/** By which proxy the stores leave now; undefined where they differ. */
function useNow(storeIds: readonly number[]): number | null | undefined {
  const byStore = useProxies((state) => state.byStore);
  const ids = new Set(storeIds.map((id) => byStore.get(id)?.id ?? null));
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

function Now({ proxyId }: { readonly proxyId: number | null | undefined }) {
  const t = useT('proxies');
  const ends = useEndsWords();
  const condition = useConditionText();
  const now = useMinute();
  const proxy = useProxies((state) => (proxyId == null ? undefined : state.byId.get(proxyId)));
  if (proxyId === undefined) return <p className={styles.lead}>{t('bind.nowSeveral')}</p>;
  if (proxy === undefined) return <p className={styles.lead}>{t('bind.nowDirect')}</p>;
  const isOver = conditionOf(proxy, now) === 'ended';
  return (
    <p className={styles.lead}>
      {t('bind.now', { name: displayText(nameOf(proxy)), ends: ends(proxy.expiresAt, now) })}{' '}
      {!isOver && t('bind.condition', { condition: condition(proxy, now) })}
    </p>
  );
}

/** The country the stores leave by now, else that of their site if it is one. */
function useCountry(storeIds: readonly number[], now: number | null | undefined): string | null {
  const proxy = useProxies((state) => (now == null ? undefined : state.byId.get(now)));
  const stores = useStores((state) => state.byId);
  const known = proxy === undefined ? null : countryOf(proxy);
  return known ?? siteCountry(storeIds, stores);
}

/** Nothing to choose from: the way to have some. */
function NoProxies() {
  const t = useT('proxies');
  const show = useView((state) => state.show);
  return (
    <div className={styles.tools}>
      <p className={styles.hint}>{t('bind.noProxies')}</p>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          closeBinding();
          showScreen('import');
          show('proxies');
        }}
      >
        {t('board.import')}
      </Button>
    </div>
  );
}

function BindForm({ question }: { readonly question: BindingQuestion }) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const { storeIds, proposed } = question;
  const current = useNow(storeIds);
  const country = useCountry(storeIds, current);
  const [picked, setPicked] = useState<number | null>(proposed ?? current ?? null);
  const [error, setError] = useState<ErrorShape | null>(question.error);
  const [busy, setBusy] = useState(false);
  const isRequired = useSettings((state) => state.settings.requireProxy);
  const stores = useStores((state) => state.stores);
  const hasProxies = useProxies((state) => state.proxies.length > 0);
  const along = moveAlong(storeIds, stores);
  const isChange = picked !== current;
  const moves = isChange ? [{ storeIds, proxyId: picked }] : [];
  const weighed = useWeighed(moves);
  const mayBe = isChange && weighed.warnings !== null && !(isRequired && picked === null);
  const warned = (weighed.warnings ?? []).length > 0;

  const save = async (): Promise<void> => {
    setBusy(true);
    const failed = await makeMoves(moves);
    setBusy(false);
    setError(failed);
    if (failed === null) closeBinding();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayBe && !busy) void save();
      }}
    >
      <Now proxyId={current} />
      {!hasProxies && <NoProxies />}
      <ProxyChooser
        label={t('bind.by')}
        value={picked}
        onChange={setPicked}
        country={country}
        direct={isRequired ? 'forbidden' : 'offered'}
      />
      {isRequired && picked === null && <p className={styles.hint}>{t('bind.required')}</p>}
      {along.length > 0 && (
        <p className={styles.hint}>{t('bind.along', { stores: along.map(storeText).join(', ') })}</p>
      )}
      <MoveWarnings weighed={weighed} />
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={closeBinding}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!mayBe} data-testid="bind-save">
          {t(warned ? 'bind.anyway' : 'bind.save')}
        </Button>
      </div>
    </form>
  );
}

/** Asks by which proxy stores leave; what speaks against it is said before it is done. */
export function BindDialog() {
  const t = useT('proxies');
  const question = useBinding((state) => state.question);
  const [first] = question?.storeIds ?? [];
  const title =
    question?.storeIds.length === 1 && first !== undefined
      ? t('bind.title', { store: storeText(first) })
      : t('bind.titleMany', { count: question?.storeIds.length ?? 0 });
  return (
    <Modal
      opened={question !== null}
      onClose={closeBinding}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size="md"
    >
      {question !== null && <BindForm key={JSON.stringify(question)} question={question} />}
    </Modal>
  );
}
