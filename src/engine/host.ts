import type { HostMethods } from '../wire/host-link.ts';

/** What only a host can give the engine, as promises. `memoryHost` is its double for tests. */
export type Host = {
  readonly [K in keyof HostMethods]: (
    ...args: Parameters<HostMethods[K]>
  ) => Promise<ReturnType<HostMethods[K]>>;
};

/** A host that keeps everything in memory: keys are "wrapped" as they are, and what was asked is recorded. */
export function memoryHost(): Host & { readonly asked: { method: string; input: unknown }[] } {
  const asked: { method: string; input: unknown }[] = [];
  const record =
    <T>(method: string, answer: (input: never) => T) =>
    (input: unknown): Promise<T> => {
      asked.push({ method, input });
      return Promise.resolve(answer(input as never));
    };
  return {
    asked,
    wrapKey: record('wrapKey', ({ key }: { key: string }) => [{ by: 'memory', blob: key }]),
    unwrapKey: record('unwrapKey', ({ wraps }: { wraps: { blob: string }[] }) =>
      wraps[0] === undefined ? null : { key: wraps[0].blob },
    ),
    notify: record('notify', () => null),
    proxiesEnd: record('proxiesEnd', () => null),
    proxyBudgets: record('proxyBudgets', () => null),
    setBadge: record('setBadge', () => null),
    openExternal: record('openExternal', () => null),
    switchSpace: record('switchSpace', () => null),
    restartEngine: record('restartEngine', () => null),
  };
}
