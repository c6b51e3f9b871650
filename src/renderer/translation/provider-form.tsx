import { Modal, MultiSelect, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { CallInput } from '../../contract/index.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import { providerKinds, type ProviderKind } from '../../contract/translation-models.ts';
import type { ProviderView } from '../../contract/translation.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { ProxyChooser } from '../proxies/proxy-chooser.tsx';
import { DialogFoot } from '../ui/dialog-foot.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { useDeed } from '../ui/use-deed.ts';
import { useLanguageOptions } from './language-options.ts';
import { useTranslationError } from './words.ts';
import styles from './providers.module.css';

/** Where each kind is reached; of a service of one's own only what is usual. */
const ADDRESSES: Readonly<Record<ProviderKind, string>> = {
  deepl: 'https://api-free.deepl.com',
  'google-v2': 'https://translation.googleapis.com',
  'google-v3': 'https://translation.googleapis.com',
  azure: 'https://api.cognitive.microsofttranslator.com',
  libretranslate: 'http://127.0.0.1:5000',
  openai: 'https://api.openai.com',
};

type Fields = Omit<CallInput<'translation.saveProvider'>, 'id' | 'key'>;

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol);
}

function fieldsOf(provider: ProviderView | null, nameOf: (kind: ProviderKind) => string): Fields {
  if (provider === null) {
    const kind = 'deepl';
    const given = { place: '', model: '', languages: [], proxyId: null, enabled: true };
    return { ...given, kind, name: nameOf(kind), address: ADDRESSES[kind] };
  }
  const { kind, name, address, place, model, languages, proxyId, enabled } = provider;
  return { kind, name, address, place, model, languages: [...languages], proxyId, enabled };
}

interface PartProps {
  readonly fields: Fields;
  readonly change: (fields: Partial<Fields>) => void;
}

function Place({ fields, change }: PartProps) {
  const t = useT('translation');
  const { kind, place, model } = fields;
  if (kind === 'openai') {
    return (
      <TextInput
        label={t('form.model')}
        required
        maxLength={200}
        value={model}
        onChange={(event) => change({ model: event.currentTarget.value })}
      />
    );
  }
  if (kind !== 'azure' && kind !== 'google-v3') return null;
  return (
    <TextInput
      label={t(kind === 'azure' ? 'form.region' : 'form.project')}
      placeholder={kind === 'azure' ? '' : t('form.projectHint')}
      maxLength={200}
      value={place}
      onChange={(event) => change({ place: event.currentTarget.value })}
    />
  );
}

function Key({
  kind,
  hasKey,
  value,
  onChange,
}: {
  readonly kind: ProviderKind;
  readonly hasKey: boolean;
  readonly value: string;
  readonly onChange: (key: string) => void;
}) {
  const t = useT('translation');
  const shared = {
    label: t(kind === 'google-v3' ? 'form.keyJson' : 'form.key'),
    placeholder: t(hasKey ? 'form.keyKept' : 'form.keyOptional'),
    maxLength: 20_000,
    value,
    autoComplete: 'off',
  };
  return kind === 'google-v3' ? (
    <Textarea {...shared} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <PasswordInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

function Inputs({
  provider,
  fields,
  change,
  secret,
  setSecret,
}: PartProps & {
  readonly provider: ProviderView | null;
  readonly secret: string;
  readonly setSecret: (key: string) => void;
}) {
  const t = useT('translation');
  const languages = useLanguageOptions();
  const { kind, name, address } = fields;
  return (
    <>
      <Select
        label={t('form.kind')}
        allowDeselect={false}
        disabled={provider !== null}
        value={kind}
        data={providerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(value) => {
          const next = (value ?? kind) as ProviderKind;
          change({ kind: next, name: t(`kind.${next}`), address: ADDRESSES[next] });
        }}
      />
      <TextInput
        label={t('form.name')}
        required
        maxLength={80}
        value={name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('form.address')}
        required
        type="url"
        maxLength={500}
        error={isAddress(address) ? null : t('form.addressBad')}
        value={address}
        onChange={(event) => change({ address: event.currentTarget.value })}
      />
      <Key kind={kind} hasKey={provider?.hasKey ?? false} value={secret} onChange={setSecret} />
      <Place fields={fields} change={change} />
      <MultiSelect
        label={t('form.languages')}
        searchable
        placeholder={fields.languages.length === 0 ? t('form.languagesAny') : ''}
        value={[...fields.languages]}
        data={languages}
        onChange={(values) => change({ languages: values as LanguageCode[] })}
      />
      <ProxyChooser
        label={t('form.way')}
        value={fields.proxyId}
        country={null}
        direct="offered"
        directText={t('form.directly')}
        onChange={(proxyId) => change({ proxyId })}
      />
      <Switch
        label={t('form.enabled')}
        checked={fields.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </>
  );
}

/** A new translation service, or what is known of one. What is typed stays where it can't be saved. */
export function ProviderForm({
  provider,
  close,
}: {
  readonly provider: ProviderView | null;
  readonly close: () => void;
}) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const [fields, setFields] = useState(() => fieldsOf(provider, (kind) => t(`kind.${kind}`)));
  const [key, setKey] = useState('');
  const change = (part: Partial<Fields>): void => setFields((before) => ({ ...before, ...part }));
  const { busy, error, submit } = useDeed(close, async (): Promise<ErrorShape | null> => {
    const input = { ...fields, id: provider?.id ?? null, ...(key === '' ? {} : { key }) };
    const answer = await client.call('translation.saveProvider', input);
    return answer.ok ? null : answer.error;
  });
  const [notRemoved, setNotRemoved] = useState<ErrorShape | null>(null);
  const remove = async (id: number): Promise<void> => {
    const answer = await client.call('translation.removeProvider', { id });
    if (answer.ok) close();
    else setNotRemoved(answer.error);
  };
  const problem = error ?? notRemoved;
  const { kind, name, address, model } = fields;
  const isOpen = name.trim() === '' || !isAddress(address) || (kind === 'openai' && model.trim() === '');
  return (
    <Modal
      opened
      onClose={close}
      title={t(provider === null ? 'form.add' : 'form.change')}
      centered
      size="md"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={styles.form} onSubmit={submit}>
        <Inputs provider={provider} fields={fields} change={change} secret={key} setSecret={setKey} />
        {provider !== null && !provider.isPractice && (
          <SureButton
            label={t('form.remove')}
            question={t('form.sure')}
            yes={t('form.yes')}
            no={t('form.no')}
            act={() => void remove(provider.id)}
          />
        )}
        <DialogFoot
          label={t('form.save')}
          cancelLabel={t('form.cancel')}
          problem={problem === null ? null : t('form.notSaved', { reason: errorText(problem) })}
          busy={busy}
          disabled={isOpen}
          testId="provider-save"
          onCancel={close}
        />
      </form>
    </Modal>
  );
}
