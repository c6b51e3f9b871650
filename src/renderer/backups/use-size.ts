import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';

const KB = 1_000;
const MB = 1_000_000;

/** React hook: bytes as a person reads them. */
export function useSize(): (bytes: number) => string {
  const t = useT('backups');
  const format = useFormat();
  return (bytes) =>
    bytes < MB
      ? t('size.kb', { size: format.number(Math.max(1, Math.round(bytes / KB))) })
      : t('size.mb', { size: format.number(Math.round(bytes / MB)) });
}
