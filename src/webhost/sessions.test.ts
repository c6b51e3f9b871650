import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { createSessions } from './sessions.ts';

const key = randomBytes(32);

describe('sessions', () => {
  it('outlive this process but not their key', () => {
    const clock = fakeClock();
    const sessions = createSessions(key, clock);
    const session = sessions.exchange(sessions.issueToken()) ?? '';
    expect(createSessions(key, clock).isValid(session)).toBe(true);
    expect(createSessions(randomBytes(32), clock).isValid(session)).toBe(false);
  });

  it('run out: tokens after 15 minutes, sessions after 30 days', async () => {
    const clock = fakeClock();
    const sessions = createSessions(key, clock);
    const [early, late] = [sessions.issueToken(), sessions.issueToken()];
    await clock.advance(15 * 60_000 - 1);
    const session = sessions.exchange(early) ?? '';
    await clock.advance(1);
    expect(sessions.exchange(late)).toBeNull();
    await clock.advance(30 * 24 * 3600_000 - 2);
    expect(sessions.isValid(session)).toBe(true);
    await clock.advance(1);
    expect(sessions.isValid(session)).toBe(false);
  });

  it('can not be prolonged by hand', () => {
    const sessions = createSessions(key, fakeClock());
    const session = sessions.exchange(sessions.issueToken()) ?? '';
    expect(sessions.isValid(session.replace(/^\d/, '9'))).toBe(false);
    expect(sessions.isValid('')).toBe(false);
  });

  it('forget the oldest of too many tokens', () => {
    const sessions = createSessions(key, fakeClock());
    const first = sessions.issueToken();
    for (let index = 0; index < 50; index += 1) sessions.issueToken();
    expect(sessions.exchange(first)).toBeNull();
  });
});
