import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { createShownSettings } from './shown-settings.ts';

const atStart = { ...settingsSchema.parse({}), theme: 'system', sendKey: 'enter' } as const;

describe('shown settings', () => {
  it('takes back a refused change alone', () => {
    const shown = createShownSettings(atStart);
    const endFirst = shown.change({ theme: 'dark' });
    shown.change({ sendKey: 'ctrl-enter' });
    endFirst();
    expect(shown.current()).toEqual({ ...atStart, sendKey: 'ctrl-enter' });
  });

  it('never goes back to a value that was refused itself', () => {
    const shown = createShownSettings(atStart);
    const endFirst = shown.change({ theme: 'dark' });
    const endSecond = shown.change({ theme: 'light' });
    endFirst();
    expect(shown.current().theme).toBe('light');
    endSecond();
    expect(shown.current()).toEqual(atStart);
  });

  it('shows a change under way over what the engine tells meanwhile', () => {
    const shown = createShownSettings(atStart);
    const endFirst = shown.change({ theme: 'dark' });
    const endSecond = shown.change({ sendKey: 'ctrl-enter' });
    endFirst();
    shown.stored({ ...atStart, theme: 'dark' });
    expect(shown.current()).toEqual({ ...atStart, theme: 'dark', sendKey: 'ctrl-enter' });
    endSecond();
    expect(shown.current()).toEqual({ ...atStart, theme: 'dark' });
  });
});
