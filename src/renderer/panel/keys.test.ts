import { describe, expect, it } from 'vitest';
import { panelActionFor, sendActionFor, type KeyPress } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('panelActionFor', () => {
  it('knows the single letters, whatever script the keyboard writes', () => {
    expect(['j', 'k', 'e', 'u', 'z', 'r', '/'].map((key) => panelActionFor(press(key), 'elsewhere'))).toEqual(
      ['next', 'previous', 'done', 'unread', 'snooze', 'reply', 'search'],
    );
    expect(panelActionFor(press('่', { code: 'KeyJ' }), 'elsewhere')).toBe('next');
    expect(panelActionFor(press('у', { code: 'KeyE' }), 'elsewhere')).toBe('done');
    // A Latin layout of another order goes by what it writes.
    expect(panelActionFor(press('h', { code: 'KeyJ' }), 'elsewhere')).toBeNull();
  });

  it('leaves letters to text fields, and modified keys to the browser', () => {
    expect(panelActionFor(press('j'), 'field')).toBeNull();
    expect(panelActionFor(press('/'), 'field')).toBeNull();
    expect(panelActionFor(press('Escape'), 'field')).toBe('leave-field');
    expect(panelActionFor(press('r', { ctrlKey: true }), 'elsewhere')).toBeNull();
    expect(panelActionFor(press('J', { shiftKey: true }), 'elsewhere')).toBeNull();
  });

  it('opens the composer with Enter, except on a control', () => {
    expect(panelActionFor(press('Enter'), 'elsewhere')).toBe('reply');
    expect(panelActionFor(press('Enter'), 'control')).toBeNull();
    expect(panelActionFor(press('j'), 'control')).toBe('next');
  });
});

describe('sendActionFor', () => {
  it('sends with Enter', () => {
    expect(sendActionFor(press('Enter'), 'enter')).toBe('send');
    expect(sendActionFor(press('Enter', { shiftKey: true }), 'enter')).toBeNull();
    expect(sendActionFor(press('Enter', { ctrlKey: true }), 'enter')).toBe('send-next');
    expect(sendActionFor(press('Enter', { metaKey: true }), 'enter')).toBe('send-next');
    expect(sendActionFor(press('a'), 'enter')).toBeNull();
  });

  it('sends with Ctrl+Enter where the setting says so', () => {
    expect(sendActionFor(press('Enter'), 'ctrl-enter')).toBeNull();
    expect(sendActionFor(press('Enter', { ctrlKey: true }), 'ctrl-enter')).toBe('send');
    expect(sendActionFor(press('Enter', { ctrlKey: true, shiftKey: true }), 'ctrl-enter')).toBe('send-next');
    expect(sendActionFor(press('Enter', { altKey: true, ctrlKey: true }), 'ctrl-enter')).toBeNull();
  });
});
