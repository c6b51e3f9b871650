import { useEffect } from 'react';
import type { Space } from '../../contract/system.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useNeedsReply } from './use-needs-reply.ts';

/** React hook: the window's title says what is open, and before it how many conversations need a reply. */
export function useWindowTitle(space: Space): void {
  const t = useT('common');
  const format = useFormat();
  const count = useNeedsReply();
  useEffect(() => {
    const title = space === 'practice' ? t('title.practice') : t('app.name');
    document.title = count === 0 ? title : t('title.count', { count: format.count(count), title });
  }, [space, count, t, format]);
}
