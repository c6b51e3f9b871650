import { useEffect } from 'react';
import { useView } from '../app/views.ts';
import { focusComposer } from '../composer/composer-focus.ts';
import { listHold } from '../conversations/conversations-store.ts';
import { keywordFieldId } from '../conversations/keyword-field.tsx';
import { useSelected } from '../conversations/selected-store.ts';
import { useSnoozeMenu } from '../thread/snooze-menu.tsx';
import { isComposing } from '../ui/ime.ts';
import { markUnread, reopen, step, toggleDone } from './actions.ts';
import { panelActionFor, type PanelAction } from './keys.ts';
import { usePanel } from './panel-store.ts';

const fields = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const controls =
  'button, a[href], summary, [role="button"], [role="link"], [role="menuitem"], [role="tab"], [role="switch"]';
/** Whatever lies over the panel has its own keys. */
const overlays = '[role="dialog"], [role="menu"], dialog';

function placeOf(target: EventTarget | null): 'field' | 'control' | 'elsewhere' | null {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest(overlays) !== null) return null;
  if (target.closest(fields) !== null) return 'field';
  return target.closest(controls) === null ? 'elsewhere' : 'control';
}

function leaveField(target: EventTarget | null): void {
  if (target instanceof HTMLElement) target.blur();
  document.querySelector<HTMLElement>('[data-testid="conversation-list"]')?.focus({ preventScroll: true });
}

/** While the key is held the rows stay in their places, or one would walk past some. */
function walk(by: 1 | -1): void {
  listHold.hold('key');
  step(by);
}

const acts: Record<Exclude<PanelAction, 'leave-field'>, () => void> = {
  next: () => walk(1),
  previous: () => walk(-1),
  done: () => void toggleDone(),
  unread: () => void markUnread(),
  snooze: () => {
    const { row } = useSelected.getState();
    if (row?.state === 'snoozed') void reopen();
    else if (row !== null) useSnoozeMenu.setState({ open: true });
  },
  reply: () => {
    const { selectedId } = usePanel.getState();
    if (selectedId !== null) focusComposer(selectedId);
  },
  search: () => document.getElementById(keywordFieldId)?.focus(),
};

function onKeyDown(event: KeyboardEvent): void {
  if (useView.getState().view !== 'panel' || event.defaultPrevented || isComposing(event)) return;
  const place = placeOf(event.target);
  if (place === null || document.querySelector('[role="dialog"], dialog[open]') !== null) return;
  const action = panelActionFor(event, place);
  if (action === null) return;
  event.preventDefault();
  if (action === 'leave-field') leaveField(event.target);
  // A key held down walks through the list; it does not do the rest again and again.
  else if (!event.repeat || action === 'next' || action === 'previous') acts[action]();
}

/** React hook: the panel's keys, while it is shown. */
export function usePanelKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
