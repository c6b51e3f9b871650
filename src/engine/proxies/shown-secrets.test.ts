import { expect, it } from 'vitest';
import { createShownSecrets } from './shown-secrets.ts';

it('answers what is kept for each proxy asked for, and empty text where nothing is', () => {
  const kept = new Map([
    ['proxy:7:password', 'p@ss:1'],
    ['proxy:7:rotation', 'https://rotate.example/7'],
    ['proxy:8:password', 'other'],
  ]);
  const { handlers } = createShownSecrets({ read: (name) => kept.get(name) ?? null });
  expect(handlers['proxies.secrets']({ proxyIds: [7, 9] })).toEqual({
    secrets: [
      { proxyId: 7, password: 'p@ss:1', rotation: 'https://rotate.example/7' },
      { proxyId: 9, password: '', rotation: '' },
    ],
  });
});
