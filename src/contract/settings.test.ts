import { describe, expect, it } from 'vitest';
import { settingsContract, settingsSchema } from './settings.ts';

describe('the settings contract', () => {
  it('changes only the keys given', () => {
    expect(settingsContract['settings.set'].input.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  });

  it('refuses keys it does not know', () => {
    expect(settingsContract['settings.set'].input.safeParse({ colour: 'red' }).success).toBe(false);
  });

  it('has a default for every setting', () => {
    expect(Object.keys(settingsSchema.parse({}))).toEqual(Object.keys(settingsSchema.shape));
  });
});
