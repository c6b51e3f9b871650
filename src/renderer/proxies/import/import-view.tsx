import { Button, Loader } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { useT } from '../../i18n/i18n.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useDrop } from '../../ui/use-drop.ts';
import { showScreen } from '../board-store.ts';
import { useProxies } from '../proxies-store.ts';
import { ImportFoot } from './import-foot.tsx';
import { ImportPreview } from './import-preview.tsx';
import { ImportSource } from './import-source.tsx';
import { clearImport, useImport } from './import-store.ts';
import { judge } from './import-model.ts';
import { openFiles } from './open-files.ts';
import { SaveProblem } from './save-problem.tsx';
import viewStyles from '../proxies-view.module.css';
import styles from './import-view.module.css';

function Saved() {
  const t = useT('proxies');
  const outcome = useImport((state) => state.outcome);
  if (outcome === null) return null;
  const { added, changed, bound } = outcome;
  const parts = Object.entries({ added, changed, bound })
    .filter(([, count]) => count > 0)
    .map(([part, count]) => t(`import.saved.${part}`, { count }));
  return (
    <div role="status" className={styles.saved} data-testid="import-saved">
      <EmptyState
        icon={<IconCircleCheck size={30} stroke={1.5} />}
        title={t('import.saved.title')}
        text={parts.join(t('import.and'))}
        action={
          <div className={styles.buttons}>
            <Button
              size="xs"
              onClick={() => {
                clearImport();
                showScreen('board');
              }}
            >
              {t('import.toBoard')}
            </Button>
            <Button size="xs" variant="default" onClick={clearImport}>
              {t('import.another')}
            </Button>
          </div>
        }
      />
    </div>
  );
}

function Reading() {
  const t = useT('proxies');
  const format = useFormat();
  const progress = useImport((state) => state.progress);
  const counts =
    progress === null ? null : { read: format.number(progress.read), total: format.number(progress.total) };
  return (
    <div className={styles.underWay} role="status" aria-label={t('import.reading')}>
      <Loader size={20} />
      {counts !== null && <p aria-hidden>{t('import.progress', counts)}</p>}
    </div>
  );
}

/** The window that takes in a list of proxies: the list, what would become of each row, and only then saving it. */
export function ImportView() {
  const t = useT('proxies');
  const { phase, items } = useImport();
  const proxies = useProxies((state) => state.proxies);
  const over = useDrop((files) => void openFiles(files));
  const judged = useMemo(() => judge(items, proxies), [items, proxies]);
  const isRead = phase === 'read' || phase === 'saving';
  return (
    <>
      <header className={viewStyles.head}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={() => showScreen('board')}
        >
          {t('title')}
        </Button>
        <h1 className={viewStyles.title}>{t('import.title')}</h1>
        <p className={viewStyles.lead}>{t('import.lead')}</p>
      </header>
      {phase === 'saved' ? (
        <Saved />
      ) : (
        <>
          <ImportSource />
          {phase === 'reading' && <Reading />}
          {isRead && <ImportPreview items={judged} />}
          {isRead && <SaveProblem items={judged} />}
          {isRead && <ImportFoot items={judged} />}
        </>
      )}
      {over && (
        <div className={styles.drop} data-testid="import-drop">
          {t('import.drop')}
        </div>
      )}
    </>
  );
}
