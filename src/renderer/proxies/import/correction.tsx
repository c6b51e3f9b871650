import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../../base/errors.ts';
import { useT } from '../../i18n/i18n.ts';
import { isComposing } from '../../ui/ime.ts';
import { tabIndexIn, type RowPlace } from '../../ui/row-grid.tsx';
import { useProxyError } from '../words.ts';
import type { JudgedItem } from './import-model.ts';
import { correctRow, typeOver, useImport } from './import-store.ts';
import { maskLine } from './mask.ts';
import { useProblemText } from './problem-text.ts';
import styles from './import-rows.module.css';
import viewStyles from './import-view.module.css';

interface LineProps {
  readonly row: number;
  readonly text: string;
  /** It was opened just now, and not scrolled into sight. */
  readonly fresh: boolean;
}

function Line({ row, text, fresh }: LineProps) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const field = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  const read = async (): Promise<void> => {
    setBusy(true);
    const failed = await correctRow(row, text);
    setBusy(false);
    setError(failed);
  };
  return (
    <form
      className={styles.correct}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void read();
      }}
    >
      <TextInput
        ref={field}
        size="xs"
        aria-label={t('correct.field', { row })}
        value={text}
        spellCheck={false}
        error={error === null ? undefined : errorText(error)}
        onChange={(event) => typeOver(row, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !isComposing(event)) typeOver(row, null);
        }}
      />
      <Button type="submit" size="xs" loading={busy}>
        {t('correct.read')}
      </Button>
    </form>
  );
}

/** A row that can't be taken: why, what to do, and its line to be corrected in place. */
export function Correction({ item, place }: { readonly item: JudgedItem; readonly place: RowPlace }) {
  const t = useT('proxies');
  const problem = useProblemText();
  const show = useImport((state) => state.showPasswords);
  const { row, source } = item.row;
  const typed = useImport((state) => state.typed.get(row));
  const [fresh, setFresh] = useState(false);
  const start = (): void => {
    setFresh(true);
    typeOver(row, source);
  };
  return (
    <>
      {typed !== undefined ? (
        <Line row={row} text={typed} fresh={fresh} />
      ) : (
        <div className={styles.wrong}>
          <code>{show ? source : maskLine(source)}</code>
          <button
            type="button"
            className={styles.small}
            tabIndex={tabIndexIn(place)}
            onClick={start}
            data-testid="correct"
          >
            {t('correct.start')}
          </button>
        </div>
      )}
      {item.problem !== null && <p className={viewStyles.problem}>{problem(item.problem)}</p>}
    </>
  );
}
