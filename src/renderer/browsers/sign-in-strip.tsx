import { Button, Popover, Progress } from '@mantine/core';
import { IconLogin2, IconRefresh, IconX, type Icon } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { SignInChecks } from '../../contract/browsers.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { storeText } from '../proxies/store-name.tsx';
import { railOrder } from '../stores/rail-order.ts';
import { useStores } from '../stores/stores-store.ts';
import { useBrowserError } from './browser-error.ts';
import { cancelChecks, checkSignIns } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { SignInIcon } from './sign-in-icon.tsx';
import { isNew, needing, signInKind, storesOf } from './sign-in.ts';
import styles from './sign-in-strip.module.css';
import { openAgain, signInNext, stopWalk, useWalk } from './walk-store.ts';

interface RunsProps {
  readonly onFailed: (error: ErrorShape | null) => void;
}

interface ToolProps {
  readonly name: string;
  readonly sign: Icon;
  readonly act: () => void;
}

function Tool({ name, sign: Sign, act }: ToolProps) {
  return (
    <button type="button" className={styles.tool} aria-label={name} title={name} onClick={act}>
      <Sign size={15} stroke={1.8} aria-hidden />
    </button>
  );
}

/** How far the look at sign-ins is, with the way to end it. */
function Checking({ checks, onFailed }: { readonly checks: SignInChecks } & RunsProps) {
  const t = useT('browsers');
  const format = useFormat();
  const { done, total } = checks;
  const progress = t('strip.progress', { done: format.number(done), total: format.number(total) });
  return (
    <div className={styles.line} title={progress}>
      <span className={styles.text}>{progress}</span>
      <Progress
        className={styles.bar}
        size="sm"
        value={total === 0 ? 0 : (100 * done) / total}
        aria-label={t('strip.checking')}
      />
      <Tool name={t('strip.cancel')} sign={IconX} act={() => void cancelChecks().then(onFailed)} />
    </div>
  );
}

/** A window can be shown to sign in by hand, as far as is known. */
function useCanShow(): boolean {
  return useBrowsers(({ program }) => program === null || (program.name !== null && program.isWindowed));
}

/** What is known of all sign-ins, with the way to look again. */
function Known({ wanting, onFailed }: { readonly wanting: number } & RunsProps) {
  const t = useT('browsers');
  const browsers = useBrowsers((state) => state.browsers);
  const isWalking = useWalk(({ walk }) => walk !== null);
  const canShow = useCanShow();
  const [hadNone, setHadNone] = useState(false);
  const total = storesOf(browsers);
  const signedIn = storesOf(browsers.filter((view) => signInKind(view) === 'signed-in'));
  const check = async (): Promise<void> => {
    const answer = await checkSignIns(null);
    onFailed(answer.ok ? null : answer.error);
    setHadNone(answer.ok && answer.value.total === 0);
  };
  return (
    <>
      <div className={styles.line}>
        <span className={styles.text} data-loud={wanting > 0}>
          {wanting > 0 ? t('strip.need', { count: wanting }) : t('strip.signedIn', { signedIn, total })}
        </span>
        {canShow && wanting === 0 && !isWalking && browsers.some(isNew) && (
          <Tool name={t('strip.next')} sign={IconLogin2} act={() => void signInNext()} />
        )}
        <Tool name={t('strip.checkAll')} sign={IconRefresh} act={() => void check()} />
      </div>
      {hadNone && wanting === 0 && (
        <p role="status" className={styles.note}>
          {t('strip.nothingToCheck')}
        </p>
      )}
    </>
  );
}

/** Whose turn it is, and the ways on. */
function Walking() {
  const t = useT('browsers');
  const errorText = useBrowserError();
  const { walk, isOpening, error } = useWalk();
  const view = useBrowsers(({ browsers }) => browsers.find(({ accountId }) => accountId === walk?.at));
  const [storeId] = view?.storeIds ?? [];
  if (view === undefined || storeId === undefined) return null;
  const kind = signInKind(view);
  return (
    <div className={styles.walk} data-testid="sign-in-walk">
      <div className={styles.now} role="status">
        <SignInIcon kind={kind} />
        <span>
          <strong>{storeText(storeId)}</strong>
          {' · '}
          {isOpening ? t('walk.opening') : t(`status.${kind}`)}
        </span>
      </div>
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      <div className={styles.acts}>
        <Button variant="default" size="compact-xs" onClick={() => void signInNext()}>
          {t('walk.skip')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={stopWalk}>
          {t('walk.stop')}
        </Button>
        <Button variant="default" size="compact-xs" disabled={isOpening} onClick={() => void openAgain()}>
          {t('walk.open')}
        </Button>
      </div>
    </div>
  );
}

/** What is known, what goes on, and what can be done. */
function Content({ wanting }: { readonly wanting: number }) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  const [error, setError] = useState<ErrorShape | null>(null);
  const { checks, program } = useBrowsers();
  const canShow = useCanShow();
  const isWalking = useWalk(({ walk }) => walk !== null);
  return (
    <>
      {program?.name === null && <p className={styles.note}>{t('strip.noBrowser')}</p>}
      {program !== null && program.name !== null && !program.isWindowed && (
        <p className={styles.note}>{t('strip.noDisplay')}</p>
      )}
      {checks?.isRunning === true ? (
        <Checking checks={checks} onFailed={setError} />
      ) : (
        <Known wanting={wanting} onFailed={setError} />
      )}
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      {isWalking ? (
        <Walking />
      ) : (
        canShow &&
        wanting > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLogin2 size={15} stroke={1.8} aria-hidden />}
            onClick={() => void signInNext()}
          >
            {t('strip.next')}
          </Button>
        )
      )}
    </>
  );
}

/**
 * At the rail's foot: how many stores need a person to sign in, the way through them, and the look at all of them. Where
 * the rail is folded, behind a button that says how many.
 */
export function SignInStrip() {
  const t = useT('browsers');
  const { browsers } = useBrowsers();
  const { stores, groups } = useStores();
  const wanting = useMemo(
    () => storesOf(needing(browsers, railOrder({ stores, groups }))),
    [browsers, stores, groups],
  );
  if (browsers.length === 0) return null;
  const label = wanting > 0 ? t('strip.need', { count: wanting }) : t('strip.title');
  return (
    <section className={styles.strip} aria-label={t('strip.title')} data-testid="sign-ins">
      <div className={styles.wide}>
        <Content wanting={wanting} />
      </div>
      <Popover position="right-end" width={230} shadow="md" withinPortal trapFocus>
        <Popover.Target>
          <button type="button" className={styles.folded} aria-label={label} title={label}>
            <IconLogin2 size={18} stroke={1.7} aria-hidden />
            {wanting > 0 && (
              <span className={styles.count} aria-hidden>
                {wanting}
              </span>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.wide} aria-label={t('strip.title')}>
          <Content wanting={wanting} />
        </Popover.Dropdown>
      </Popover>
    </section>
  );
}
