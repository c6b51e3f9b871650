import { expect, it } from 'vitest';
import { shownState } from './shown-state.ts';

const online = { id: 1, state: 'online', proxyStop: null } as const;
const network = (state: 'online' | 'lost' | 'returning' | 'catching-up' | 'catch-up-failed') => ({
  isKnown: true,
  network: {
    state,
    stores: [{ storeId: 1, state: 'waiting' } as const].slice(state === 'catching-up' ? 0 : 1),
  },
});

it('says of a store only what is known now', () => {
  expect(shownState(online, { isKnown: false, network: null })).toBe('unknown');
  expect(shownState(online, { isKnown: true, network: null })).toBe('online');
  expect(shownState(online, network('online'))).toBe('online');
  expect(shownState(online, network('lost'))).toBe('offline');
  expect(shownState(online, network('returning'))).toBe('offline');
  expect(shownState(online, network('catching-up'))).toBe('catching-up');
  expect(shownState({ ...online, id: 2, state: 'unreachable' }, network('catching-up'))).toBe('unreachable');
});

it('a store that waits for its person says so while the network is gone', () => {
  expect(shownState({ ...online, state: 'sign-in' }, network('lost'))).toBe('sign-in');
});

it('a store that waits for its proxy says so before all else it may wait for', () => {
  for (const proxyStop of ['ended', 'disabled', 'required'] as const) {
    const store = { id: 1, state: 'sign-in', proxyStop } as const;
    expect(shownState(store, network('lost'))).toBe(`proxy-${proxyStop}`);
    expect(shownState(store, { isKnown: false, network: null })).toBe('unknown');
  }
});
