import { Button, Switch, TextInput } from '@mantine/core';
import { clock } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { expiryOf, inDays, type ExpiryFields } from './expiry.ts';
import { useEndsText, useMoment } from './words.ts';
import { ZoneChoice } from './zone-choice.tsx';
import styles from './expiry-field.module.css';

/** Ends offered at a press, in days from now. */
const OFFERED = [7, 30, 90, 365];

interface ExpiryFieldProps {
  readonly value: ExpiryFields;
  readonly onChange: (value: ExpiryFields) => void;
}

/** The exact moment that was written, or what is missing. */
function Outcome({ value }: { readonly value: ExpiryFields }) {
  const t = useT('proxies');
  const moment = useMoment();
  const ends = useEndsText();
  const at = expiryOf(value);
  const now = clock.now();
  if (at === undefined) return <span className={styles.missing}>{t('expiry.missing')}</span>;
  if (at === null) return t('expiry.permanent');
  const text = t('expiry.moment', { moment: moment(at, value.zone), ends: ends(at, now) });
  return at > now ? text : <span className={styles.past}>{t('expiry.past', { text })}</span>;
}

/** When a proxy ends: a date, a time of that day if it is not its end, a zone; or never. */
export function ExpiryField({ value, onChange }: ExpiryFieldProps) {
  const t = useT('proxies');
  const { permanent, date, time, zone } = value;
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>{t('column.ends')}</legend>
      <Switch
        size="sm"
        label={t('ends.permanent')}
        checked={permanent}
        onChange={(event) => onChange({ ...value, permanent: event.currentTarget.checked })}
      />
      {!permanent && (
        <>
          <div className={styles.line}>
            <TextInput
              type="date"
              label={t('expiry.date')}
              value={date}
              max="9999-12-31"
              onChange={(event) => onChange({ ...value, date: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('expiry.time')}
              value={time}
              step={time.length > 5 ? 1 : 60}
              onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
            />
            <ZoneChoice value={zone} onChange={(next) => onChange({ ...value, zone: next })} />
          </div>
          <div className={styles.offers}>
            {OFFERED.map((days) => (
              <Button
                key={days}
                variant="default"
                size="compact-xs"
                onClick={() => onChange(inDays(value, days, clock.now()))}
              >
                {t('expiry.inDays', { count: days })}
              </Button>
            ))}
          </div>
        </>
      )}
      <p className={styles.outcome} role="status" data-testid="expiry-moment">
        <Outcome value={value} />
      </p>
    </fieldset>
  );
}
