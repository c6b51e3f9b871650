import { Button, Modal, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportVerdict } from '../../../contract/proxies.ts';
import { csvOf } from '../../../base/csv.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT } from '../../i18n/i18n.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import { saveText } from '../../ui/save-text.ts';
import { RowWordsProvider } from '../row-words.tsx';
import { StoreChooser } from '../store-chooser.tsx';
import { countVerdicts, inOrder, type JudgedItem } from './import-model.ts';
import { ImportRowLine } from './import-row.tsx';
import { giveStores, useImport } from './import-store.ts';
import { useProblemText } from './problem-text.ts';
import rowStyles from './import-rows.module.css';
import styles from './import-view.module.css';

const tabs = ['all', 'new', 'changed', 'duplicate', 'ambiguous', 'wrong'] as const;

function Tabs({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const format = useFormat();
  const shown = useImport((state) => state.tab);
  const counts = useMemo(() => countVerdicts(items), [items]);
  const countOf = (tab: ImportVerdict | 'all'): number => (tab === 'all' ? items.length : counts[tab]);
  return (
    <div className={styles.tabs} role="group" aria-label={t('import.tabs')}>
      {tabs
        .filter((tab) => tab === 'all' || tab === shown || countOf(tab) > 0)
        .map((tab) => (
          <button
            key={tab}
            type="button"
            className={styles.tab}
            aria-pressed={shown === tab}
            data-verdict={tab}
            data-testid={`tab-${tab}`}
            onClick={() => useImport.setState({ tab })}
          >
            {t(`verdict.${tab}`)}
            <span data-tabular>{format.number(countOf(tab))}</span>
          </button>
        ))}
    </div>
  );
}

/** Chooses stores and gives them to the rows that have none, one each, in order. */
function InOrder({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const given = useMemo(() => inOrder(items, chosen), [items, chosen]);
  const start = (): void => {
    setChosen([]);
    setOpen(true);
  };
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={start}>
        {t('import.inOrder')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('import.inOrder')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        yOffset="8vh"
      >
        <p className={styles.dialogLead}>{t('import.inOrderLead')}</p>
        <StoreChooser chosen={chosen} onChange={setChosen} numbered />
        {chosen.length > given.size && (
          <p className={styles.problem}>{t('assign.tooMany', { count: chosen.length - given.size })}</p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => setOpen(false)}>
            {t('action.cancel')}
          </Button>
          <Button
            disabled={given.size === 0}
            onClick={() => {
              giveStores(given);
              setOpen(false);
            }}
          >
            {t('assign.save', { count: given.size })}
          </Button>
        </div>
      </Modal>
    </>
  );
}

function ExportWrong({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const problem = useProblemText();
  const wrong = items.filter(({ verdict }) => verdict === 'wrong');
  if (wrong.length === 0) return null;
  const save = (): void => {
    const head = [t('import.column.number'), t('import.column.source'), t('import.column.problem')];
    const rows = wrong.map((item) => [
      String(item.row.row),
      item.row.source,
      item.problem === null ? '' : problem(item.problem),
    ]);
    saveText('counterdesk-proxies-wrong.csv', csvOf([head, ...rows]));
  };
  return (
    <Button variant="default" size="compact-sm" onClick={save}>
      {t('import.exportWrong', { count: wrong.length })}
    </Button>
  );
}

const columns = ['take', 'number', 'verdict', 'proxy', 'ends', 'where', 'stores'] as const;

function Header() {
  const t = useT('proxies');
  return (
    <div role="row" aria-rowindex={1} className={`${rowStyles.row} ${rowStyles.header}`}>
      {columns.map((column) => (
        <div key={column} role="columnheader" className={rowStyles[column]}>
          <span className={column === 'take' ? 'visually-hidden' : ''}>{t(`import.column.${column}`)}</span>
        </div>
      ))}
    </div>
  );
}

const idOf = ({ row }: JudgedItem): number => row.row;

/** What would become of each row, one verdict each. */
export function ImportPreview({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const tab = useImport((state) => state.tab);
  const showPasswords = useImport((state) => state.showPasswords);
  const shown = useMemo(
    () => (tab === 'all' ? items : items.filter(({ verdict }) => verdict === tab)),
    [items, tab],
  );
  return (
    <div className={styles.preview}>
      <div className={styles.previewTools}>
        <Tabs items={items} />
        <span className={styles.gap} />
        <Switch
          size="xs"
          label={t('import.showPasswords')}
          checked={showPasswords}
          onChange={(event) => useImport.setState({ showPasswords: event.currentTarget.checked })}
        />
        <InOrder items={items} />
        <ExportWrong items={items} />
      </div>
      <div className={styles.rows}>
        {shown.length === 0 ? (
          <p className={styles.none}>{t('import.noneOfKind')}</p>
        ) : (
          <RowWordsProvider>
            <RowGrid<JudgedItem>
              label={t('import.rows')}
              testId="import-rows"
              rows={shown}
              idOf={idOf}
              header={<Header />}
              drawRow={(item, place) => <ImportRowLine item={item} place={place} />}
            />
          </RowWordsProvider>
        )}
      </div>
    </div>
  );
}
