import { describe, expect, it } from 'vitest';
import { lengthNote } from './length-note.ts';
import { restAfterSend } from './rest-after-send.ts';
import { attemptToSend } from './unsaved.ts';

describe('restAfterSend', () => {
  it('leaves only what was typed on meanwhile', () => {
    expect(restAfterSend('hello', 'hello')).toBe('');
    expect(restAfterSend('hello and', 'hello')).toBe(' and');
    expect(restAfterSend('changed', 'hello')).toBe('changed');
  });
});

describe('lengthNote', () => {
  it('speaks up near the limit and beyond', () => {
    expect(lengthNote(100, 600)).toBeNull();
    expect(lengthNote(545, 600)).toEqual({ left: 55, over: false });
    expect(lengthNote(601, 600)).toEqual({ left: -1, over: true });
    expect(lengthNote(1900, 2000)).toEqual({ left: 100, over: false });
    expect(lengthNote(160, 200)).toEqual({ left: 40, over: false });
  });
});

describe('attemptToSend', () => {
  const first = { text: 'hello', clientId: 'first' };
  it('is the same send again while the words are the same, whatever stands around them', () => {
    expect(attemptToSend(first, 'hello', () => 'next')).toEqual(first);
    expect(attemptToSend(first, 'hello \n', () => 'next')).toEqual({ text: 'hello \n', clientId: 'first' });
    expect(attemptToSend(first, 'hello there', () => 'next').clientId).toBe('next');
    expect(attemptToSend(null, 'hello', () => 'next').clientId).toBe('next');
  });
});
