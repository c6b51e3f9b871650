import { Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { translationModes, type TranslationMode } from '../../contract/translation-modes.ts';
import { useView } from '../app/views.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useLanguageName } from './words.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from '../thread/thread-head.module.css';

/** Offered beside the buyer's own. */
const usualLanguages = ['th', 'vi', 'id', 'ms', 'fil', 'en', 'zh-Hans'] as const;

type Of = { kind: 'store'; storeId: number } | { kind: 'conversation'; conversationId: number };

function Choices({
  title,
  inherit,
  value,
  choose,
}: {
  readonly title: string;
  readonly inherit: string;
  readonly value: TranslationMode | null;
  readonly choose: (mode: TranslationMode | null) => void;
}) {
  const t = useT('translation');
  return (
    <>
      <Menu.Label>{title}</Menu.Label>
      {[null, ...translationModes].map((mode) => (
        <Menu.Item
          key={mode ?? 'inherit'}
          aria-current={mode === value}
          rightSection={mode === value ? <IconCheck size={14} aria-hidden /> : null}
          onClick={() => choose(mode)}
        >
          {mode === null ? inherit : t(`modeName.${mode}`)}
        </Menu.Item>
      ))}
    </>
  );
}

/** The language answers in this conversation go out in. */
function Answers({ conversationId }: { readonly conversationId: number }) {
  const t = useT('translation');
  const nameOf = useLanguageName();
  const ask = useCallback(() => client.call('translation.outgoing', { conversationId }), [conversationId]);
  const { value } = useAnswer(ask, 'translation');
  if (value === null) return null;
  const { buyer, chosen } = value;
  const offered = [...new Set([...(buyer === null ? [] : [buyer]), ...usualLanguages])];
  const choices = [null, 'off' as const, ...offered.filter((code) => code !== value.back).slice(0, 7)];
  const label = (to: (typeof choices)[number]): string =>
    to === null ? t('menu.inheritSettings') : to === 'off' ? t('answers.off') : nameOf(to);
  return (
    <>
      <Menu.Label>{t('answers.title')}</Menu.Label>
      {choices.map((to) => (
        <Menu.Item
          key={to ?? 'inherit'}
          aria-current={to === chosen}
          rightSection={to === chosen ? <IconCheck size={14} aria-hidden /> : null}
          onClick={() => void client.call('translation.setOutgoing', { conversationId, to })}
        >
          {label(to)}
          {to !== null && to === buyer && <span className={styles.choiceTime}> {t('answers.buyer')}</span>}
        </Menu.Item>
      ))}
    </>
  );
}

/** Whether what this buyer, and this store's buyers, write is translated. */
export function TranslationMenu({ row }: { readonly row: ConversationRow }) {
  const t = useT('translation');
  const { id, storeId, storeName, site } = row;
  const ask = useCallback(() => client.call('translation.mode', { conversationId: id }), [id]);
  const { value } = useAnswer(ask, 'translation');
  const mode = value?.mode ?? 'click';
  const name = t('menu.label', { mode: t(`modeName.${mode}`) });
  const choose = (of: Of, chosen: TranslationMode | null): void =>
    void client.call('translation.setMode', { of, mode: chosen });
  return (
    <Menu position="bottom-end" shadow="md" width={270} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={styles.tool}
          aria-label={name}
          title={name}
          data-on={mode === 'auto'}
        >
          <IconLanguage size={17} />
        </button>
      </Menu.Target>
      <Menu.Dropdown data-testid="translation-menu" mah="calc(100vh - 100px)" style={{ overflowY: 'auto' }}>
        <Choices
          title={t('menu.conversation')}
          inherit={t('menu.inherit')}
          value={value?.conversation ?? null}
          choose={(chosen) => choose({ kind: 'conversation', conversationId: id }, chosen)}
        />
        <Menu.Divider />
        <Choices
          title={t('menu.store', { store: `${displayText(storeName)} ${site}` })}
          inherit={t('menu.inheritSettings')}
          value={value?.store ?? null}
          choose={(chosen) => choose({ kind: 'store', storeId }, chosen)}
        />
        <Menu.Divider />
        <Answers conversationId={id} />
        <Menu.Divider />
        <Menu.Item
          onClick={() => void client.call('translation.clear', { storeId: null, conversationId: id })}
        >
          {t('menu.forget')}
        </Menu.Item>
        <Menu.Item onClick={() => useView.getState().show('settings')}>{t('menu.settings')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
