import { useCallback, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { ApiApp } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/states.tsx';
import { AnswerState } from './answer-state.tsx';
import { conditionOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { ProxyChooser } from './proxy-chooser.tsx';
import { storeText } from './store-name.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useConditionText, useProxyError } from './words.ts';
import styles from './api-exits.module.css';

/** The address an exit comes out at, to be listed at the platform, and whether it works. */
function Exit({ proxyId }: { readonly proxyId: number }) {
  const t = useT('proxies');
  const now = useMinute();
  const condition = useConditionText();
  const proxy = useProxies((state) => state.byId.get(proxyId));
  if (proxy === undefined) return null;
  const address = proxy.check?.egressV4 ?? proxy.check?.egressV6 ?? null;
  const isWell = ['works', 'unchecked'].includes(conditionOf(proxy, now));
  return (
    <p className={styles.exit} data-well={isWell}>
      <span>{condition(proxy, now)}</span>
      {address === null ? (
        <span>{t('exits.noAddress')}</span>
      ) : (
        <>
          <code>{address}</code>
          <CopyButton
            text={address}
            label={t('exits.copy')}
            copied={t('exits.copied')}
            notCopied={t('exits.notCopied')}
          />
        </>
      )}
    </p>
  );
}

function App({ app }: { readonly app: ApiApp }) {
  const t = useT('proxies');
  const common = useT('common');
  const errorText = useProxyError();
  const [error, setError] = useState<ErrorShape | null>(null);
  const { id, exitProxyId, storeIds, keyEnd } = app;
  const name = t('exits.app', { platform: common(`platform.${app.platform}`), end: keyEnd });
  const set = async (proxyId: number | null): Promise<void> => {
    const answer = await client.call('proxies.setApiExit', { appId: id, proxyId });
    setError(answer.ok ? null : answer.error);
  };
  return (
    <section className={styles.app} aria-label={name} data-testid="api-app">
      <h3 className={styles.name}>{name}</h3>
      <p className={styles.stores}>{storeIds.map(storeText).join(', ')}</p>
      <ProxyChooser
        label={t('exits.leave')}
        value={exitProxyId}
        country={null}
        direct="offered"
        directText={t('exits.own')}
        onChange={(proxyId) => void set(proxyId)}
      />
      {exitProxyId !== null && <Exit proxyId={exitProxyId} />}
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {t('edit.notSaved', { reason: errorText(error) })}
        </p>
      )}
    </section>
  );
}

/** By which proxy each app's API calls leave. */
export function ApiExits() {
  const t = useT('proxies');
  const answer = useAnswer(
    useCallback(() => client.call('proxies.apps', {}), []),
    'proxies',
  );
  return (
    <AnswerState answer={answer} failed={t('exits.failed')} loading={t('exits.loading')}>
      {({ apps }) =>
        apps.length === 0 ? (
          <EmptyState title={t('exits.none')} text={t('exits.noneText')} />
        ) : (
          <div className={styles.apps}>
            <p className={styles.stores}>{t('exits.lead')}</p>
            {apps.map((app) => (
              <App key={app.id} app={app} />
            ))}
          </div>
        )
      }
    </AnswerState>
  );
}
