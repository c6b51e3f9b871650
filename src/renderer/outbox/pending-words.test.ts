import { describe, expect, it } from 'vitest';
import type { ErrorShape } from '../../base/errors.ts';
import type { PendingView } from '../../contract/models.ts';
import type { ShownState } from '../stores/shown-state.ts';
import { LONG_CHECK_MS, pendingWords, type PendingWords } from './pending-words.ts';
import type { Phase } from './pending.ts';

const wording = {
  t: (key: string, values?: Readonly<Record<string, string | number>>): string =>
    [key, ...Object.values(values ?? {})].join(' | '),
  format: { duration: (ms: number): string => `${ms} ms`, seconds: (at: number): string => `at ${at}` },
  reason: ({ code }: { code: string }): string => code,
  now: 1_000,
};
const unreachable = { code: 'unreachable', message: '' } as const;
const expired = { code: 'auth-expired', message: '' } as const;

function words(
  phase: Phase,
  rest: Partial<PendingView> = {},
  around: { error?: ErrorShape; behindPhase?: Phase; storeState?: ShownState | 'read-only' } = {},
): PendingWords | null {
  const pending: PendingView = {
    phase,
    hold: null,
    since: 400,
    attempts: 0,
    triedAt: null,
    nextAt: null,
    behindId: null,
    skipped: false,
    readError: null,
    ...rest,
  };
  const { error = null, behindPhase = null, storeState = 'online' } = around;
  return pendingWords({ pending, error, behindPhase, storeState }, wording);
}

describe('pendingWords', () => {
  it('says nothing of a message that is simply on its way', () => {
    expect(words('sending')).toBeNull();
    expect(words('queued')).toBeNull();
  });

  it('says why a queued message waits: an earlier one, an attempt that failed, its store', () => {
    expect(words('queued', { behindId: 3 }, { behindPhase: 'held' })?.text).toBe('pending.behind.held');
    expect(words('queued', { behindId: 3 })?.text).toBe('pending.behind.any');
    expect(words('queued', { nextAt: 2_000 }, { error: unreachable })?.text).toBe(
      'pending.retrying | unreachable | at 2000',
    );
    expect(words('queued', { nextAt: 900 }, { error: unreachable })?.text).toBe(
      'pending.waits | unreachable',
    );
    expect(words('queued', {}, { storeState: 'sign-in' })?.text).toBe('pending.store.sign-in');
    expect(words('queued', {}, { storeState: 'first-read' })).toBeNull();
    expect(words('queued', {}, { storeState: 'unknown' })).toBeNull();
  });

  it('waits for the sign-in of its store, whether the attempt or the store says so first', () => {
    const signIn = 'pending.store.sign-in';
    expect(words('queued', { nextAt: 2_000 }, { error: expired })?.text).toBe(signIn);
    expect(words('queued', { nextAt: 900 }, { error: expired, storeState: 'sign-in' })?.text).toBe(signIn);
    expect(words('queued', { nextAt: 2_000 }, { error: unreachable, storeState: 'sign-in' })?.text).toBe(
      signIn,
    );
    expect(words('queued', {}, { error: expired, storeState: 'offline' })?.text).toBe(
      'pending.store.offline',
    );
  });

  it('promises no next attempt while nothing may leave at all', () => {
    for (const storeState of ['offline', 'catching-up', 'read-only'] as const)
      expect(words('queued', { nextAt: 2_000 }, { error: unreachable, storeState })?.text).toBe(
        `pending.store.${storeState}`,
      );
  });

  it('waits for a proxy whatever else keeps it: nothing else helps', () => {
    for (const storeState of ['proxy-ended', 'proxy-disabled', 'proxy-required'] as const) {
      expect(words('queued', { nextAt: 2_000 }, { error: unreachable, storeState })?.text).toBe(
        'pending.store.proxy',
      );
      expect(words('queued', {}, { error: expired, storeState })?.text).toBe('pending.store.proxy');
    }
  });

  it('says why a message is still looked for once the platform has had the time to show it', () => {
    const late = { since: -200_000, triedAt: 1_000 - LONG_CHECK_MS };
    expect(words('checking', { ...late, triedAt: 1_001 - LONG_CHECK_MS })?.tone).toBe('quiet');
    expect(words('checking', late)).toEqual({
      tone: 'warning',
      text: 'pending.checkingLong',
      explain: 'pending.unread.explain | pending.unread.settling',
    });
    const because = { unreachable: 'unreachable', 'rate-limited': 'limited', invalid: 'any' } as const;
    for (const code of ['unreachable', 'rate-limited', 'invalid'] as const)
      expect(words('checking', { ...late, readError: { code, message: '' } })?.explain).toBe(
        `pending.unread.explain | pending.unread.${because[code]}`,
      );
    for (const storeState of ['offline', 'read-only', 'unreachable', 'limited', 'sign-in'] as const)
      expect(words('checking', late, { storeState })?.explain).toBe(
        `pending.unread.explain | pending.unread.${storeState}`,
      );
    // After a restore nobody knows when it was tried last.
    expect(words('checking', { ...late, triedAt: null })?.tone).toBe('warning');
  });

  it('asks about held messages by why they are held', () => {
    expect(words('held', { hold: 'waited' })?.text).toBe('pending.hold.waited | 600 ms');
    expect(words('held', { hold: 'overtaken' })?.text).toBe('pending.hold.overtaken');
    expect(words('held', { hold: 'recovered' })?.text).toBe('pending.hold.recovered');
  });

  it('tells apart what failed, what is being looked for and what nobody can know', () => {
    expect(words('failed', {}, { error: unreachable })).toEqual({
      tone: 'danger',
      text: 'pending.failedBecause | unreachable',
      explain: null,
    });
    expect(words('failed')?.text).toBe('pending.failed');
    expect(words('checking')).toEqual({ tone: 'quiet', text: 'pending.checking', explain: null });
    expect(words('unconfirmed')?.explain).toBe('pending.explain');
  });
});
