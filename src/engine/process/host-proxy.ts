import { CodedError } from '../../base/errors.ts';
import type { EngineToHost, HostMethod } from '../../wire/host-link.ts';
import type { Host } from '../host.ts';

/** The host as the engine sees it, and where its answers go. */
export interface HostProxy {
  readonly host: Host;
  answer(id: number, value: unknown): void;
  answerError(id: number, message: string): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: CodedError): void;
}

/**
 * A `Host` that asks over the link. Questions have no time limit: some wait for a person (a key store's prompt),
 * and the engine ends with its host. What the host could not do rejects with `unreachable`.
 */
export function createHostProxy(post: (message: EngineToHost) => void): HostProxy {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  const asker =
    <T>(method: HostMethod) =>
    (input: unknown): Promise<T> =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve: (value) => resolve(value as T), reject });
        post({ kind: 'ask', id: lastId, method, input });
      });

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  };
  return {
    host: {
      wrapKey: asker('wrapKey'),
      unwrapKey: asker('unwrapKey'),
      notify: asker('notify'),
      proxiesEnd: asker('proxiesEnd'),
      proxyBudgets: asker('proxyBudgets'),
      setBadge: asker('setBadge'),
      openExternal: asker('openExternal'),
      switchSpace: asker('switchSpace'),
      restartEngine: asker('restartEngine'),
    },
    answer: (id, value) => take(id)?.resolve(value),
    answerError: (id, message) => take(id)?.reject(new CodedError('unreachable', message)),
  };
}
