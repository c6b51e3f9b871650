import { ActionIcon, Badge, Button } from '@mantine/core';
import { IconArrowUp, IconPencil, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProviderView } from '../../contract/translation.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { ProviderForm } from './provider-form.tsx';
import { useTranslationError } from './words.ts';
import settings from '../settings/settings-view.module.css';
import styles from './providers.module.css';

/** Why it is not asked, or what its last test said. */
function State({ provider, tested }: { readonly provider: ProviderView; readonly tested: string | null }) {
  const t = useT('translation');
  const format = useFormat();
  const errorText = useTranslationError();
  const { stop } = provider;
  if (tested !== null) return <span role="status">{tested}</span>;
  if (provider.isProxyGone) return <span className={styles.problem}>{t('form.proxyGone')}</span>;
  if (stop === null) return null;
  const reason = errorText(stop.error);
  return (
    <span className={styles.problem}>
      {stop.until === null
        ? t('providers.stop', { reason })
        : t('providers.stopUntil', { at: format.clock(stop.until), reason })}
    </span>
  );
}

function Provider({
  provider,
  isFirst,
  edit,
  moveUp,
}: {
  readonly provider: ProviderView;
  readonly isFirst: boolean;
  readonly edit: () => void;
  readonly moveUp: () => void;
}) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const [tested, setTested] = useState<string | null>(null);
  const { id, kind } = provider;
  const name = displayText(provider.name);
  const test = async (): Promise<void> => {
    setTested(t('providers.testing'));
    const answer = await client.call('translation.testProvider', { id }, { timeoutMs: 30_000 });
    setTested(
      answer.ok
        ? t('providers.works', { text: displayText(answer.value.text), ms: answer.value.ms })
        : t('providers.fails', { reason: errorText(answer.error) }),
    );
  };
  return (
    <li className={styles.item} data-testid="provider" data-off={!provider.enabled}>
      <span className={styles.name}>
        <span>
          <bdi>{name}</bdi>{' '}
          {provider.isPractice && (
            <Badge size="sm" variant="light" tt="none">
              {t('providers.practice')}
            </Badge>
          )}
          {!provider.enabled && (
            <Badge size="sm" variant="light" color="gray" tt="none">
              {t('providers.off')}
            </Badge>
          )}
        </span>
        <span className={styles.aside}>
          {t(`kind.${kind}`)} · <bdi>{displayText(provider.address)}</bdi>
        </span>
        <span className={styles.aside}>
          <State provider={provider} tested={tested} />
        </span>
      </span>
      <span className={styles.acts}>
        <Act label={t('providers.test', { name })} act={() => void test()}>
          <IconPlayerPlay size={15} aria-hidden />
        </Act>
        {!isFirst && (
          <Act label={t('providers.up', { name })} act={moveUp}>
            <IconArrowUp size={15} aria-hidden />
          </Act>
        )}
        <Act label={t('providers.edit', { name })} act={edit}>
          <IconPencil size={15} aria-hidden />
        </Act>
      </span>
    </li>
  );
}

function Act({
  label,
  act,
  children,
}: {
  readonly label: string;
  readonly act: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={act}>
      {children}
    </ActionIcon>
  );
}

/** The translation services in the order in which they are asked. */
export function ProviderList() {
  const t = useT('translation');
  const ask = useCallback(() => client.call('translation.providers', {}), []);
  const { value } = useAnswer(ask, 'translation');
  const [error, setError] = useState<ErrorShape | null>(null);
  const errorText = useTranslationError();
  const [editing, setEditing] = useState<ProviderView | 'new' | null>(null);
  const providers = value ?? [];
  const moveUp = (index: number): void => {
    const ids = providers.map(({ id }) => id);
    const [moved] = ids.splice(index, 1);
    if (moved === undefined) return;
    ids.splice(index - 1, 0, moved);
    void client
      .call('translation.orderProviders', { ids })
      .then((answer) => setError(answer.ok ? null : answer.error));
  };
  return (
    <>
      <h3 className={styles.title}>{t('providers.title')}</h3>
      <p className={settings.hint}>{t(value?.length === 0 ? 'providers.none' : 'providers.hint')}</p>
      <ul className={styles.list} aria-label={t('providers.title')}>
        {providers.map((provider, index) => (
          <Provider
            key={provider.id}
            provider={provider}
            isFirst={index === 0}
            edit={() => setEditing(provider)}
            moveUp={() => moveUp(index)}
          />
        ))}
      </ul>
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {t('form.notSaved', { reason: errorText(error) })}
        </p>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setEditing('new')}>
        {t('providers.add')}
      </Button>
      {editing !== null && (
        <ProviderForm provider={editing === 'new' ? null : editing} close={() => setEditing(null)} />
      )}
    </>
  );
}
