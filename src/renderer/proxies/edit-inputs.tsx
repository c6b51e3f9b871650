import { Autocomplete, Checkbox, PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { proxyProtocols, type ProxyView } from '../../contract/proxies.ts';
import { useT } from '../i18n/i18n.ts';
import { namesOf } from './board-model.ts';
import { protocolOf, type EditFields, type EditProblem } from './edit-form.ts';
import { ExpiryField } from './expiry-field.tsx';
import { useProxies } from './proxies-store.ts';
import styles from './edit-drawer.module.css';

interface InputsProps {
  readonly proxy: ProxyView;
  readonly fields: EditFields;
  readonly problems: ReadonlySet<EditProblem>;
  readonly onChange: (fields: EditFields) => void;
}

type TextField = {
  [Field in keyof EditFields]: EditFields[Field] extends string ? Field : never;
}[Exclude<keyof EditFields, 'protocol'>];

/** Binds a text field to the form. */
function textProps(field: TextField, { fields, onChange }: InputsProps) {
  return {
    value: fields[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...fields, [field]: event.currentTarget.value }),
  };
}

function Address(props: InputsProps) {
  const t = useT('proxies');
  const { fields, problems, onChange } = props;
  return (
    <div className={styles.address}>
      <Select
        label={t('column.protocol')}
        allowDeselect={false}
        data={[...proxyProtocols]}
        value={fields.protocol}
        onChange={(value) => onChange({ ...fields, protocol: protocolOf(value) })}
      />
      <TextInput
        label={t('column.host')}
        error={problems.has('host') && t('edit.problem.host')}
        {...textProps('host', props)}
      />
      <TextInput
        label={t('column.port')}
        inputMode="numeric"
        error={problems.has('port') && t('edit.problem.port')}
        {...textProps('port', props)}
      />
    </div>
  );
}

/** A secret that is never shown: typed anew, left as it is, or taken away. */
function Secret({ what, ...props }: InputsProps & { readonly what: 'password' | 'rotation' }) {
  const t = useT('proxies');
  const { proxy, fields, problems, onChange } = props;
  const isKept = what === 'password' ? proxy.hasPassword : proxy.hasRotation;
  const without = what === 'password' ? 'noPassword' : 'noRotation';
  return (
    <div>
      <PasswordInput
        label={t(`column.${what}`)}
        placeholder={isKept ? t('edit.kept') : t('edit.none')}
        autoComplete="off"
        disabled={fields[without]}
        error={what === 'rotation' && problems.has('rotation') && t('edit.problem.rotation')}
        visibilityToggleButtonProps={{ 'aria-label': t('edit.show'), tabIndex: 0 }}
        {...textProps(what, props)}
      />
      {isKept && (
        <Checkbox
          mt={6}
          size="xs"
          label={t(`edit.${without}`)}
          checked={fields[without]}
          onChange={(event) => onChange({ ...fields, [without]: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}

/** Provider or tag: those there are, are offered. */
function Name({ what, ...props }: InputsProps & { readonly what: 'provider' | 'tag' }) {
  const t = useT('proxies');
  const proxies = useProxies((state) => state.proxies);
  const names = useMemo(() => namesOf(proxies, what).map(({ name }) => name), [proxies, what]);
  const { fields, onChange } = props;
  return (
    <Autocomplete
      label={t(`column.${what}`)}
      data={names}
      limit={20}
      value={fields[what]}
      onChange={(value) => onChange({ ...fields, [what]: value })}
    />
  );
}

/** Everything a person can say of a proxy. */
export function EditInputs(props: InputsProps) {
  const t = useT('proxies');
  const { fields, problems, onChange } = props;
  return (
    <>
      <TextInput label={t('column.name')} maxLength={200} data-autofocus {...textProps('name', props)} />
      <Address {...props} />
      <TextInput label={t('column.username')} autoComplete="off" {...textProps('username', props)} />
      <Secret what="password" {...props} />
      <ExpiryField value={fields.expiry} onChange={(expiry) => onChange({ ...fields, expiry })} />
      <div className={styles.pair}>
        <Name what="provider" {...props} />
        <Name what="tag" {...props} />
      </div>
      <TextInput
        label={t('column.country')}
        description={t('edit.country')}
        maxLength={2}
        w={120}
        error={problems.has('country') && t('edit.problem.country')}
        {...textProps('country', props)}
      />
      <TextInput
        label={t('edit.budget')}
        description={t('edit.budgetText')}
        inputMode="decimal"
        w={240}
        error={problems.has('budget') && t('edit.problem.budget')}
        {...textProps('budget', props)}
      />
      <Textarea
        label={t('column.note')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        {...textProps('note', props)}
      />
      <Secret what="rotation" {...props} />
    </>
  );
}
