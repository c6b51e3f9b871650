import { Button, SegmentedControl } from '@mantine/core';
import { IconFile, IconFolderOpen } from '@tabler/icons-react';
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { proxyProtocols, type ProxyProtocol } from '../../../contract/proxies.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT } from '../../i18n/i18n.ts';
import { isComposing } from '../../ui/ime.ts';
import { modifierName } from '../../ui/kbd.tsx';
import { useProxyError } from '../words.ts';
import { ZoneChoice } from '../zone-choice.tsx';
import { dropList, editList, previewList, readAs, useImport, writeText } from './import-store.ts';
import { openFiles, tookPaste } from './open-files.ts';
import styles from './import-view.module.css';

const FILES = '.csv,.xlsx,.txt,.json,text/csv,text/plain,application/json';

/** How what the list leaves open is read. */
function Options() {
  const t = useT('proxies');
  const { protocol, zone } = useImport();
  return (
    <div className={styles.options}>
      <div>
        <span className={styles.label} id="import-protocol">
          {t('import.protocol')}
        </span>
        <SegmentedControl<ProxyProtocol>
          size="xs"
          aria-labelledby="import-protocol"
          value={protocol}
          data={[...proxyProtocols]}
          onChange={(next) => readAs({ protocol: next })}
        />
      </div>
      <ZoneChoice size="xs" width={220} value={zone} onChange={(next) => readAs({ zone: next })} />
      <p className={styles.hint}>{t('import.bareDate')}</p>
    </div>
  );
}

function OpenFile() {
  const t = useT('proxies');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={FILES}
        hidden
        aria-label={t('import.open')}
        data-testid="import-file"
        onChange={(event) => {
          void openFiles([...(event.currentTarget.files ?? [])]);
          // The same file may be opened again once it was corrected.
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFolderOpen size={15} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {t('import.open')}
      </Button>
    </>
  );
}

/** A list that is held as a whole, or what was typed, in one line. */
function Summary() {
  const t = useT('proxies');
  const format = useFormat();
  const { held, text, phase } = useImport();
  const lines = held?.lines ?? text.split('\n').filter((line) => line.trim() !== '').length;
  const size = t('import.kb', { size: format.number(Math.max(1, Math.round((held?.bytes ?? 0) / 1000))) });
  const name =
    held === null
      ? t('import.typed', { count: lines })
      : held.name === null
        ? t('import.pasted', { count: lines, size })
        : t('import.file', { name: held.name, size });
  return (
    <div className={styles.summary} data-testid="import-source">
      <IconFile size={16} stroke={1.6} aria-hidden />
      <span className={styles.summaryName}>{name}</span>
      {held !== null && phase === 'writing' && (
        <Button size="compact-xs" onClick={() => void previewList()}>
          {t('import.read')}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-xs"
        disabled={phase === 'saving'}
        onClick={held === null ? editList : dropList}
      >
        {t(held === null ? 'import.edit' : 'import.drop-list')}
      </Button>
    </div>
  );
}

function Field() {
  const t = useT('proxies');
  const text = useImport((state) => state.text);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    void previewList();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (tookPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
  };
  return (
    <div className={styles.fieldBox}>
      <textarea
        className={styles.field}
        aria-label={t('import.field')}
        placeholder={t('import.placeholder')}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        value={text}
        data-testid="import-field"
        onChange={(event) => writeText(event.currentTarget.value)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
      <div className={styles.tools}>
        <OpenFile />
        <span className={styles.hint}>{t('import.formats')}</span>
        <span className={styles.gap} />
        <Button
          size="xs"
          disabled={text.trim() === ''}
          title={t('import.readKey', { mod: modifierName() })}
          onClick={() => void previewList()}
          data-testid="import-read"
        >
          {t('import.read')}
        </Button>
      </div>
    </div>
  );
}

/** Where the list comes from, and how it is read. What was typed stays whatever happens. */
export function ImportSource() {
  const t = useT('proxies');
  const errorText = useProxyError();
  const { held, phase, failed } = useImport();
  const isOpen = held === null && phase === 'writing';
  return (
    <div className={styles.source} data-open={isOpen}>
      <Options />
      {failed !== null && failed.at !== 'save' && (
        <p role="alert" className={styles.problem}>
          {t(`import.failed.${failed.at}`, { reason: errorText(failed.error) })}
        </p>
      )}
      {isOpen ? <Field /> : <Summary />}
    </div>
  );
}
