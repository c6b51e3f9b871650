import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { ProxyChecks } from '../../contract/proxies.ts';
import { client } from '../client.ts';

interface ChecksState {
  /** The run that goes on, or what the last one found. */
  readonly checks: ProxyChecks | null;
  /** Why none could be started or ended. */
  readonly error: ErrorShape | null;
}

const nothing: ChecksState = { checks: null, error: null };

/** The looks at proxies that the engine takes. */
export const useChecks = create<ChecksState>(() => nothing);

/** Reads how far it is. What is shown stays when that fails. */
export async function loadChecks(): Promise<void> {
  const answer = await client.call('proxies.checks', {});
  if (answer.ok) useChecks.setState({ checks: answer.value.checks });
}

/** Looks at these proxies; null: at all. */
export async function startChecks(proxyIds: readonly number[] | null): Promise<void> {
  const answer = await client.call('proxies.check', { proxyIds: proxyIds === null ? null : [...proxyIds] });
  useChecks.setState(answer.ok ? { checks: answer.value, error: null } : { error: answer.error });
}

/** Ends the looks at once, or dismisses what they found. */
export async function endChecks(): Promise<void> {
  const answer = await client.call('proxies.cancelChecks', {});
  useChecks.setState(answer.ok ? nothing : { error: answer.error });
}

/** What another data folder held is not shown in this one. */
export function forgetChecks(): void {
  useChecks.setState(nothing);
}
