import { Button } from '@mantine/core';
import { IconCircleCheck, IconHelp, IconXboxX, type Icon } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { IsolationFinding, IsolationReport } from '../../contract/browsers.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { OPEN_MS } from './browsers-actions.ts';
import styles from './isolation-report.module.css';
import { overall } from './isolation.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Failed, Waiting } from './waiting.tsx';

const signs: Record<IsolationFinding['verdict'], Icon> = {
  good: IconCircleCheck,
  bad: IconXboxX,
  unclear: IconHelp,
};

function Verdict({ verdict }: { readonly verdict: IsolationFinding['verdict'] }) {
  const t = useT('browsers');
  const Sign = signs[verdict];
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <Sign size={16} stroke={2} aria-hidden />
      {t(`isolation.verdict.${verdict}`)}
    </span>
  );
}

/** React hook: what was seen and what should be, in words where the finding holds no value. */
function useFindingText(): (finding: IsolationFinding) => {
  readonly seen: string;
  readonly expected: string;
} {
  const t = useT('browsers');
  return ({ what, verdict, seen, expected }) => {
    // The address is another account's as well, by that name.
    const apart = /^≠ (.+)$/su.exec(expected ?? '')?.[1];
    return {
      seen: seen === null || seen === '' ? t(`isolation.seen.${what}.${verdict}`) : displayText(seen),
      expected:
        apart !== undefined
          ? t('isolation.otherThan', { name: displayText(apart) })
          : expected === null || expected === ''
            ? t(`isolation.expected.${what}`)
            : displayText(expected),
    };
  };
}

/** What came of it: a verdict on the whole, then each thing with what was seen and what should be. */
export function Report({ report }: { readonly report: IsolationReport }) {
  const t = useT('browsers');
  const format = useFormat();
  const textOf = useFindingText();
  const { findings, at } = report;
  const verdict = overall(findings);
  return (
    <>
      <p className={styles.overall} data-verdict={verdict} data-testid="isolation-overall">
        {t(`isolation.overall.${verdict}`)}
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('isolation.column.what')}</th>
              <th scope="col">{t('isolation.column.verdict')}</th>
              <th scope="col">{t('isolation.column.seen')}</th>
              <th scope="col">{t('isolation.column.expected')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <tr key={finding.what} data-testid={`isolation-${finding.what}`}>
                <th scope="row">{t(`isolation.what.${finding.what}`)}</th>
                <td>
                  <Verdict verdict={finding.verdict} />
                </td>
                <td>
                  <bdi>{textOf(finding).seen}</bdi>
                </td>
                <td>
                  <bdi>{textOf(finding).expected}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.at}>{t('isolation.at', { at: format.full(at) })}</p>
    </>
  );
}

/** Looks at what a page of a store's browser gives away, and says what came of it. */
export function IsolationCheck({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const ask = useCallback(
    () => client.call('browsers.isolation', { storeId }, { timeoutMs: OPEN_MS }),
    [storeId],
  );
  const { isRunning, value, error, again } = useAnswer(ask);
  return (
    <div className={styles.check}>
      <p className={styles.lead}>{t('isolation.lead')}</p>
      {isRunning && <Waiting text={t('isolation.running')} />}
      {error !== null && <Failed error={error} again={again} />}
      {!isRunning && error === null && value !== null && (
        <>
          <Report report={value} />
          <div>
            <Button variant="default" size="xs" onClick={again}>
              {t('isolation.again')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
