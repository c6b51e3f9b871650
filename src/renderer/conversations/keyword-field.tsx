import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { clock } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import { isComposing } from '../ui/ime.ts';
import { Kbd } from '../ui/kbd.tsx';
import styles from './list-head.module.css';

const waitMs = 150;
const longest = 200;

/** The DOM id of the keyword field, for the key that goes there. */
export const keywordFieldId = 'conversation-keyword';

/**
 * Finds conversations by buyer, store or any message. The field keeps its own text and is never written to while
 * someone types; letters still being composed are not searched for.
 */
export function KeywordField() {
  const t = useT('conversations');
  const field = useRef<HTMLInputElement>(null);
  const cancel = useRef<() => void>(() => {});
  const keyword = usePanel((state) => state.keyword);

  const searchSoon = (): void => {
    cancel.current();
    cancel.current = clock.after(waitMs, () =>
      usePanel.getState().narrow({ keyword: field.current?.value ?? '' }),
    );
  };
  const clear = (): void => {
    cancel.current();
    if (field.current !== null) field.current.value = '';
    usePanel.getState().narrow({ keyword: '' });
  };
  useEffect(() => () => cancel.current(), []);
  // "Clear filters" elsewhere empties the keyword: the field follows, unless someone is typing in it.
  useEffect(() => {
    if (field.current !== null && keyword === '' && document.activeElement !== field.current)
      field.current.value = '';
  }, [keyword]);

  /** On to the rows with the keys: the search stays. */
  const goToHits = (): void => {
    cancel.current();
    usePanel.getState().narrow({ keyword: field.current?.value ?? '' });
    field.current?.blur();
    document.querySelector<HTMLElement>('[data-testid="conversation-list"]')?.focus({ preventScroll: true });
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Enter') goToHits();
    if (event.key !== 'Escape' || (field.current?.value ?? '') === '') return;
    event.stopPropagation();
    clear();
  };
  return (
    <div className={styles.search}>
      <IconSearch size={15} className={styles.searchIcon} aria-hidden />
      <input
        ref={field}
        id={keywordFieldId}
        className={styles.searchInput}
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        maxLength={longest}
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        defaultValue={keyword}
        onInput={(event) => {
          if (!('isComposing' in event.nativeEvent && event.nativeEvent.isComposing === true)) searchSoon();
        }}
        onCompositionEnd={searchSoon}
        onKeyDown={onKeyDown}
      />
      {keyword === '' ? (
        <Kbd keys={['/']} />
      ) : (
        <button type="button" className={styles.searchClear} aria-label={t('search.clear')} onClick={clear}>
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
