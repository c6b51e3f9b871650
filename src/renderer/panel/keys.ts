import type { Settings } from '../../contract/settings.ts';

/** What is needed of a keydown to know what it asks for. */
export interface KeyPress {
  readonly key: string;
  /** The key's place on the keyboard: what a letter is on a keyboard that writes Thai or Russian. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export type PanelAction =
  'next' | 'previous' | 'done' | 'unread' | 'snooze' | 'reply' | 'search' | 'leave-field';

const letters: Readonly<Record<string, PanelAction>> = {
  j: 'next',
  k: 'previous',
  e: 'done',
  u: 'unread',
  z: 'snooze',
  r: 'reply',
};

/** The Latin letter of a key: what it writes, or where it writes another script, the letter at its place. */
function letterOf({ key, code }: KeyPress): string {
  if (/^[a-z]$/iu.test(key)) return key.toLowerCase();
  const writesLetter = key.length === 1 && !/[\x20-\x7e]/u.test(key);
  return writesLetter && code.startsWith('Key') ? code.slice(3).toLowerCase() : '';
}

/**
 * What a key asks of the panel. `place`: where the focus is: in a text field single letters only write;
 * on a control Enter belongs to that control.
 */
export function panelActionFor(
  press: KeyPress,
  place: 'field' | 'control' | 'elsewhere',
): PanelAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (place === 'field') return press.key === 'Escape' ? 'leave-field' : null;
  if (press.key === '/') return 'search';
  if (press.shiftKey) return null;
  if (press.key === 'Enter') return place === 'elsewhere' ? 'reply' : null;
  return letters[letterOf(press)] ?? null;
}

/** What a key asks of the composer: send, send and go to the next that needs a reply, or nothing but writing. */
export function sendActionFor(press: KeyPress, sendKey: Settings['sendKey']): 'send' | 'send-next' | null {
  if (press.key !== 'Enter' || press.altKey) return null;
  const command = press.ctrlKey || press.metaKey;
  if (sendKey === 'enter') {
    if (press.shiftKey) return null;
    return command ? 'send-next' : 'send';
  }
  if (!command) return null;
  return press.shiftKey ? 'send-next' : 'send';
}
