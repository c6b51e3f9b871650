import type { KeyboardEvent } from 'react';
import { clock } from '../client.ts';
import { sendActionFor } from '../panel/keys.ts';
import { useSettings } from '../settings/settings-store.ts';
import { isComposing } from '../ui/ime.ts';
import type { Sender } from './use-send.ts';

/** A second Enter sooner than this is no answer to the question: nobody has read it. Milliseconds. */
const readsQuestionMs = 500;

/** React hook: what a key pressed in the field does; while a colleague's answer is asked about, Escape keeps editing. */
export function useComposerKeys({ question, clear, send }: Sender): (event: KeyboardEvent) => void {
  const sendKey = useSettings((state) => state.settings.sendKey);
  return (event) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape' && question !== null) {
      event.preventDefault();
      clear();
      return;
    }
    const action = sendActionFor(event, sendKey);
    if (action === null) return;
    event.preventDefault();
    if (event.repeat) return;
    if (question === null) send(action === 'send-next');
    else if (clock.now() - question.askedAt >= readsQuestionMs) send(question.thenNext, true);
  };
}
