import { CodedError } from '../base/errors.ts';
import type { HttpRequest, HttpResponse } from '../channels/http.ts';
import type { ServiceExits } from '../engine/net/service-exits.ts';
import type { Secrets } from '../engine/secrets/secrets.ts';

/** A service at the end of every way out. */
export interface FakeService {
  readonly requests: HttpRequest[];
  /** Null: it can't be reached. */
  answer: ((request: HttpRequest) => HttpResponse | Promise<HttpResponse>) | null;
}

/** A service and the ways to it. */
export function fakeService(): { readonly service: FakeService; readonly exits: ServiceExits } {
  const service: FakeService = { requests: [], answer: null };
  const request = async (asked: HttpRequest): Promise<HttpResponse> => {
    service.requests.push(asked);
    if (service.answer === null) throw new CodedError('unreachable', 'Nobody there', { reason: 'refused' });
    return service.answer(asked);
  };
  const download = (): Promise<never> => Promise.reject(new CodedError('unreachable', 'Nothing to download'));
  return { service, exits: { of: () => ({ request, download }), close: () => Promise.resolve() } };
}

/** Secrets that are kept in memory. */
export function memorySecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    read: (name) => kept.get(name) ?? null,
    write: (name, text) => void kept.set(name, text),
    remove: (name) => void kept.delete(name),
  };
}
