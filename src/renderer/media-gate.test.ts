import { describe, expect, it } from 'vitest';
import { create } from 'zustand';
import type { Connection } from './app/create-client.ts';
import { createMediaGate } from './media-gate.ts';

const info = (dataDir: string): Connection['info'] => ({
  version: '1',
  space: 'real',
  dataDir,
  epoch: 'e',
  storeCount: 0,
  readOnly: null,
  storage: null,
});
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function gated() {
  const source = create<Connection>(() => ({ state: 'connecting', reason: null, info: null }));
  const gate = createMediaGate(source);
  const asked: { signal: AbortSignal; answer: (value: string) => void }[] = [];
  const fetch = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      asked.push({ signal, answer: resolve });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  return { source, gate, asked, fetch };
}

describe('pictures over the connection', () => {
  it('wait until the page is connected', async () => {
    const { source, gate, asked, fetch } = gated();
    const picture = gate(fetch);
    await settle();
    expect(asked).toHaveLength(0);
    source.setState({ state: 'online', info: info('/a') });
    await settle();
    asked[0]?.answer('picture');
    expect(await picture).toBe('picture');
  });

  it('are given up when it ends, and asked for again when it is back', async () => {
    const { source, gate, asked, fetch } = gated();
    source.setState({ state: 'online', info: info('/a') });
    const picture = gate(fetch);
    await settle();
    source.setState({ state: 'reconnecting' });
    await settle();
    expect([asked.length, asked[0]?.signal.aborted]).toEqual([1, true]);
    source.setState({ state: 'online' });
    await settle();
    asked[1]?.answer('picture');
    expect(await picture).toBe('picture');
  });

  it('of one data folder are not asked of another', async () => {
    const { source, gate, asked, fetch } = gated();
    source.setState({ state: 'online', info: info('/a') });
    void gate(fetch);
    await settle();
    source.setState({ state: 'reconnecting' });
    source.setState({ state: 'online', info: info('/b') });
    void gate(fetch);
    await settle();
    expect(asked).toHaveLength(1);
  });

  it('that can not be had fail', async () => {
    const { source, gate } = gated();
    source.setState({ state: 'online', info: info('/a') });
    await expect(gate(() => Promise.reject(new Error('404')))).rejects.toThrow('404');
  });
});
