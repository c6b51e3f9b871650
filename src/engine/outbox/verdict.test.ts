import { expect, test } from 'vitest';
import type { ErrorCode, ErrorShape } from '../../base/errors.ts';
import { LONGEST_PLAN_MS } from '../due.ts';
import { verdictOf } from './verdict.ts';

const random = (): number => 0.5;
const verdict = (code: ErrorCode, wasWritten: boolean, details?: ErrorShape['details']) =>
  verdictOf(
    { code, message: '', ...(details === undefined ? {} : { details }) },
    { wasWritten, attempts: 1, limit: 5 },
    random,
  );

test.each<[ErrorCode, beforeSend: string, afterSend: string]>([
  ['auth-expired', 'retry', 'retry'],
  ['rate-limited', 'retry', 'retry'],
  ['unreachable', 'retry', 'retry'],
  ['rejected', 'failed', 'failed'],
  ['not-found', 'failed', 'failed'],
  ['invalid', 'failed', 'failed'],
  ['ambiguous', 'retry', 'checking'],
  ['conflict', 'retry', 'checking'],
  ['closed', 'retry', 'checking'],
  ['timed-out', 'retry', 'checking'],
  ['internal', 'retry', 'checking'],
])('%s: %s before the channel was asked to send, %s after', (code, beforeSend, afterSend) => {
  expect([verdict(code, false).kind, verdict(code, true).kind]).toEqual([beforeSend, afterSend]);
});

test('a platform that asks to be left alone for longer than anything is planned is asked again before', () => {
  expect(verdict('rate-limited', true, { retryAfterMs: 30_000 })).toEqual({ kind: 'retry', waitMs: 30_000 });
  expect(verdict('rate-limited', true, { retryAfterMs: 1e12 })).toEqual({
    kind: 'retry',
    waitMs: LONGEST_PLAN_MS,
  });
});
