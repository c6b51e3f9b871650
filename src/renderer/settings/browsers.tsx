import type { ErrorShape } from '../../base/errors.ts';
import type { BrowserProgram } from '../../contract/browsers.ts';
import type { Settings } from '../../contract/settings.ts';
import { useBrowsers } from '../browsers/browsers-store.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { LookupField } from './lookup-field.tsx';
import { NumberRow } from './number-row.tsx';
import { changeSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

const MB = 1024 * 1024;

/** Which program shows stores; what to do where there is none, or nothing to show it on. */
export function Program({ program }: { readonly program: BrowserProgram | null }) {
  const t = useT('settings');
  const name =
    program === null
      ? t('browsers.programUnknown')
      : program.name === null
        ? null
        : t('browsers.programName', { name: program.name, version: program.version ?? '' });
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {t('browsers.program')}
        {name === null && <p className={styles.hint}>{t('browsers.noProgram')}</p>}
        {program?.isWindowed === false && <p className={styles.hint}>{t('browsers.noDisplay')}</p>}
      </div>
      <span data-testid="browser-program">{name ?? '–'}</span>
    </div>
  );
}

/** The browsers that show stores: which program, how much of the computer they may take, and whom the isolation check asks. */
export function Browsers({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  const format = useFormat();
  const program = useBrowsers((state) => state.program);
  const used = program?.memory ?? null;
  const change = async (settings: Partial<Settings>): Promise<void> => {
    const answer = await changeSettings(settings);
    onFailed(answer.ok ? null : answer.error);
  };
  const hint = t('browsers.memoryHint');
  const memoryHint =
    used === null ? hint : t('browsers.memoryUsed', { hint, used: format.number(Math.round(used / MB)) });
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('browsers.title')}</h2>
      <Program program={program} />
      <NumberRow
        setting="browserMemoryMb"
        label={t('browsers.memory')}
        hint={memoryHint}
        onFailed={onFailed}
      />
      <NumberRow
        setting="browserSleepMinutes"
        label={t('browsers.sleep')}
        hint={t('browsers.sleepHint')}
        onFailed={onFailed}
      />
      <LookupField
        name="isolationUrl"
        label={t('browsers.isolation')}
        hint={t('browsers.isolationHint')}
        usual={t('browsers.isolationUsual')}
        change={change}
      />
      <LookupField
        name="stunUrl"
        label={t('browsers.stun')}
        hint={t('browsers.stunHint')}
        usual={t('browsers.stunUsual')}
        bad={t('browsers.stunBad')}
        change={change}
      />
    </section>
  );
}
