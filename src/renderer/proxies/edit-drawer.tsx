import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProxyView } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { editProxy, useBoard } from './board-store.ts';
import { nameOf } from './condition.ts';
import { EditFacts } from './edit-facts.tsx';
import { EditInputs } from './edit-inputs.tsx';
import { budgetOf, editChange, editFields, editProblems } from './edit-form.ts';
import { useProxies } from './proxies-store.ts';
import { useProxyError } from './words.ts';
import styles from './edit-drawer.module.css';

const close = (): void => editProxy(null);

function EditForm({ proxy }: { readonly proxy: ProxyView }) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const [fields, setFields] = useState(() => editFields(proxy));
  // What differs is measured against what the form began with: a change from elsewhere meanwhile is not undone.
  const [began] = useState(proxy);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [busy, setBusy] = useState(false);
  const problems = editProblems(fields);
  const change = editChange(began, fields);
  const budget = budgetOf(fields);
  const newBudget = budget === undefined || budget === began.budget ? {} : { budget };
  const isSame = Object.keys({ ...change, ...newBudget }).length === 0;

  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('proxies.change', { proxyId: proxy.id, change, ...newBudget });
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) close();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !isSame && problems.size === 0) void save();
      }}
    >
      <EditFacts proxy={proxy} />
      <EditInputs proxy={began} fields={fields} problems={problems} onChange={setFields} />
      <div className={styles.foot}>
        {error !== null && (
          <p role="alert" className={styles.problem}>
            {t('edit.notSaved', { reason: errorText(error) })}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={isSame || problems.size > 0} data-testid="edit-save">
            {t('action.save')}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** One proxy: what is known of it, and everything that can be changed, beside the board. */
export function EditDrawer() {
  const t = useT('proxies');
  const editing = useBoard((state) => state.editing);
  // A dialog over it has the keyboard: Escape is meant for that one.
  const isUppermost = useBoard((state) => state.question === null);
  const proxy = useProxies((state) => (editing === null ? undefined : state.byId.get(editing)));
  return (
    <Drawer
      opened={proxy !== undefined}
      onClose={close}
      position="right"
      size={480}
      title={proxy === undefined ? '' : displayText(nameOf(proxy))}
      lockScroll={false}
      closeOnEscape={isUppermost}
      trapFocus={isUppermost}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 90 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {proxy !== undefined && <EditForm key={proxy.id} proxy={proxy} />}
    </Drawer>
  );
}
