import { describe, expect, it } from 'vitest';
import { displayText } from './display-text.ts';

describe('displayText', () => {
  it('takes out marks that turn directions and controls, and keeps everything else', () => {
    expect(displayText('safe\u202Egpj.exe\u2066x\u2069')).toBe('safegpj.exex');
    expect(displayText('a\r\nb\rc\td\u0000e\u0085')).toBe('a\nb\nc\tde');
    expect(displayText('สวัสดี 👩‍👩‍👧 مرحبا\u200F')).toBe('สวัสดี 👩‍👩‍👧 مرحبا\u200F');
  });
});
