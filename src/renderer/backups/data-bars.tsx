import { useT } from '../i18n/i18n.ts';
import { useBackups } from './backups-store.ts';
import { CopyBar } from './copy-bar.tsx';
import { DataBar } from './data-bar.tsx';
import { ReportBar } from './report-bar.tsx';

/** Nothing can be saved: why, and that it goes on by itself. */
function StorageBar() {
  const t = useT('backups');
  const storage = useBackups((state) => state.storage);
  return storage === null ? null : <DataBar kind="danger" text={t(`storage.${storage}`)} />;
}

/** What stands in the way of the data, or happened to it: over every view. */
export function DataBars() {
  return (
    <>
      <StorageBar />
      <CopyBar />
      <ReportBar />
    </>
  );
}
