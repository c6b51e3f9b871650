import { Button, Progress } from '@mantine/core';
import type { ProxyChecks } from '../../contract/proxies.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { endChecks, useChecks } from './checks-store.ts';
import { useProxyError } from './words.ts';
import styles from './checks-strip.module.css';

function Running({ checks: { done, total } }: { readonly checks: ProxyChecks }) {
  const t = useT('proxies');
  const format = useFormat();
  return (
    <>
      <span className={styles.text}>
        {t('checks.progress', { done: format.number(done), total: format.number(total) })}
      </span>
      <Progress
        className={styles.bar}
        size="sm"
        value={total === 0 ? 0 : (100 * done) / total}
        aria-label={t('checks.running')}
      />
      <Button variant="default" size="compact-xs" onClick={() => void endChecks()}>
        {t('checks.cancel')}
      </Button>
    </>
  );
}

function Found({ checks }: { readonly checks: ProxyChecks }) {
  const t = useT('proxies');
  const reason = useReason();
  const { total, failed, unseen, unknown, error } = checks;
  const parts = [
    t('checks.done', { count: total }),
    failed > 0 && t('checks.failed', { count: failed }),
    unseen > 0 && t('checks.unseen', { count: unseen }),
    unknown > 0 && error !== null && t('checks.unknown', { count: unknown, reason: reason(error) }),
  ];
  return (
    <>
      <span className={styles.text}>{parts.filter((part) => part !== false).join(' ')}</span>
      <Button variant="default" size="compact-xs" onClick={() => void endChecks()}>
        {t('checks.dismiss')}
      </Button>
    </>
  );
}

/** How far a test is, and what it found; nothing where there was none. */
export function ChecksStrip() {
  const errorText = useProxyError();
  const { checks, error } = useChecks();
  return (
    <>
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      {checks !== null && checks.total > 0 && (
        <div className={styles.strip} role={checks.isRunning ? undefined : 'status'} data-testid="checks">
          {checks.isRunning ? <Running checks={checks} /> : <Found checks={checks} />}
        </div>
      )}
    </>
  );
}
