import { describe, expect, it } from 'vitest';
import { settingsContract, settingsSchema } from './settings.ts';

describe('the settings contract', () => {
  it('changes only the keys given', () => {
    expect(settingsContract['settings.set'].input.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  });

  it('refuses keys it does not know', () => {
    expect(settingsContract['settings.set'].input.safeParse({ colour: 'red' }).success).toBe(false);
  });

  it.each([
    ['', true],
    ['stun:stun.example.net:3478', true],
    ['stun:[2001:db8::1]:3478', true],
    ['stun:stun.example.net', false],
    ['stun://stun.example.net:3478', false],
    ['turn:stun.example.net:3478', false],
    ['stun:user@stun.example.net:3478', false],
  ])('takes %j as a STUN server: %s', (stunUrl, isTaken) => {
    expect(settingsContract['settings.set'].input.safeParse({ stunUrl }).success).toBe(isTaken);
  });

  it('has a default for every setting', () => {
    expect(Object.keys(settingsSchema.parse({}))).toEqual(Object.keys(settingsSchema.shape));
  });
});
