import { Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import type { ConversationRow } from '../../contract/models.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { AnswerLanguage } from '../../contract/translation.ts';
import { translationModes, type TranslationMode } from '../../contract/translation-models.ts';
import { useView } from '../app/views.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { tell } from '../panel/tell.ts';
import type { ConversationTranslation } from './conversation-translation.ts';
import { useLanguageName } from './words.ts';
import styles from '../thread/thread-head.module.css';

/** Offered beside the buyer's own. */
const usualLanguages = ['th', 'vi', 'id', 'ms', 'fil', 'en', 'zh-Hans'] as const;

type Of = { kind: 'store'; storeId: number } | { kind: 'conversation'; conversationId: number };

interface ChoicesProps<T extends string | null> {
  readonly title: string;
  readonly choices: readonly T[];
  readonly value: T;
  readonly label: (choice: T) => string;
  /** Said behind a choice. */
  readonly note?: (choice: T) => string | null;
  readonly choose: (choice: T) => void;
}

function Choices<T extends string | null>({ title, choices, value, label, note, choose }: ChoicesProps<T>) {
  return (
    <>
      <Menu.Label>{title}</Menu.Label>
      {choices.map((choice) => (
        <Menu.Item
          key={choice ?? 'inherit'}
          aria-current={choice === value}
          rightSection={choice === value ? <IconCheck size={14} aria-hidden /> : null}
          onClick={() => choose(choice)}
        >
          {label(choice)} {note?.(choice)}
        </Menu.Item>
      ))}
    </>
  );
}

/** The language answers in this conversation go out in. */
function Answers({
  conversationId,
  answers,
}: {
  readonly conversationId: number;
  readonly answers: AnswerLanguage;
}) {
  const t = useT('translation');
  const nameOf = useLanguageName();
  const { buyer, chosen, back } = answers;
  const languages = [...new Set([...(buyer === null ? [] : [buyer]), ...usualLanguages])];
  const label = (to: LanguageCode | 'off' | null): string =>
    to === null ? t('menu.inheritSettings') : to === 'off' ? t('answers.off') : nameOf(to);
  return (
    <Choices
      title={t('answers.title')}
      choices={[null, 'off', ...languages.filter((code) => code !== back)]}
      value={chosen}
      label={label}
      note={(to) => (to !== null && to === buyer ? t('answers.buyer') : null)}
      choose={(to) => void client.call('translation.setOutgoing', { conversationId, to }).then(tell)}
    />
  );
}

/** Whether what this buyer, and this store's buyers, write is translated, and the answers to them. */
export function TranslationMenu({
  row,
  translation,
}: {
  readonly row: ConversationRow;
  readonly translation: ConversationTranslation;
}) {
  const t = useT('translation');
  const { id, storeId, storeName, site } = row;
  const reading = translation.value?.reading;
  const mode = reading?.mode ?? 'click';
  const name = t('menu.label', { mode: t(`modeName.${mode}`) });
  const choose = (of: Of, chosen: TranslationMode | null): void =>
    void client.call('translation.setMode', { of, mode: chosen }).then(tell);
  const modes = [null, ...translationModes];
  const label =
    (inherit: string) =>
    (choice: TranslationMode | null): string =>
      choice === null ? inherit : t(`modeName.${choice}`);
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
          choices={modes}
          value={reading?.conversation ?? null}
          label={label(t('menu.inherit'))}
          choose={(chosen) => choose({ kind: 'conversation', conversationId: id }, chosen)}
        />
        <Menu.Divider />
        <Choices
          title={t('menu.store', { store: `${displayText(storeName)} ${site}` })}
          choices={modes}
          value={reading?.store ?? null}
          label={label(t('menu.inheritSettings'))}
          choose={(chosen) => choose({ kind: 'store', storeId }, chosen)}
        />
        <Menu.Divider />
        {translation.value !== null && <Answers conversationId={id} answers={translation.value.answers} />}
        <Menu.Divider />
        <Menu.Item
          onClick={() =>
            void client.call('translation.clear', { storeId: null, conversationId: id }).then(tell)
          }
        >
          {t('menu.forget')}
        </Menu.Item>
        <Menu.Item onClick={() => useView.getState().show('settings')}>{t('menu.settings')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
