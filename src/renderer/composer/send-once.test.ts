import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../base/errors.ts';
import type { ClientCore } from '../app/create-client.ts';
import { answeredElsewhereAt, sendOnce, type SendOutcome } from './send-once.ts';
import type { Attempt } from './unsaved.ts';

const first: Attempt = { text: 'hello', clientId: 'first' };
const changed: Attempt = { text: 'hello there', clientId: 'changed' };

let stored: string[];
let sendFails: ErrorCode | null;
let lookFails: ErrorCode | null;
let started: number;

/** An engine that stores what it is sent, if it is sent, whatever it then answers. */
let storesAll: boolean;

const failure = (code: ErrorCode) => ({ ok: false, error: { code, message: code } });
const call = (async (method: string, input: { clientId: string }) => {
  if (method === 'messages.page') {
    if (lookFails !== null) return failure(lookFails);
    return { ok: true, value: { messages: stored.map((clientId) => ({ clientId })) } };
  }
  if (storesAll) stored.push(input.clientId);
  return sendFails === null ? { ok: true, value: { clientId: input.clientId } } : failure(sendFails);
}) as unknown as ClientCore['call'];

const send = (attempt: Attempt, earlier: Attempt | null = null): Promise<SendOutcome> =>
  sendOnce({
    call,
    conversationId: 7,
    earlierId: earlier?.clientId ?? null,
    clientId: attempt.clientId,
    onStart: () => (started += 1),
    store: () => call('outbox.send', { conversationId: 7, ...attempt }),
  });

beforeEach(() => {
  stored = [];
  [sendFails, lookFails] = [null, null];
  storesAll = true;
  started = 0;
});

describe('sendOnce', () => {
  it('finds the message whose answer took too long', async () => {
    sendFails = 'timed-out';
    expect(await send(first)).toMatchObject({ kind: 'stored', message: { clientId: 'first' } });
  });

  it('says that the answer took too long when the message is not there', async () => {
    sendFails = 'timed-out';
    storesAll = false;
    expect(await send(first)).toMatchObject({ kind: 'failed', error: { code: 'timed-out' } });
  });

  it('sends no changed text behind one that is stored', async () => {
    stored = ['first'];
    expect(await send(changed, first)).toMatchObject({
      kind: 'earlier-stored',
      message: { clientId: 'first' },
    });
    expect([stored, started]).toEqual([['first'], 0]);
  });

  it('sends no changed text while nobody can tell whether the first is stored', async () => {
    lookFails = 'timed-out';
    expect(await send(changed, first)).toMatchObject({ kind: 'failed', error: { code: 'timed-out' } });
    expect([stored, started]).toEqual([[], 0]);
  });

  it('sends a changed text once the first is known not to be stored', async () => {
    expect(await send(changed, first)).toMatchObject({ kind: 'stored', message: { clientId: 'changed' } });
    expect([stored, started]).toEqual([['changed'], 1]);
  });

  it('sends the same text again without looking: it carries the same id', async () => {
    lookFails = 'timed-out';
    expect(await send(first, first)).toMatchObject({ kind: 'stored', message: { clientId: 'first' } });
  });
});

describe('answeredElsewhereAt', () => {
  it('tells a colleague’s answer from every other conflict', () => {
    const conflict = { code: 'conflict', message: '' } as const;
    expect(answeredElsewhereAt({ ...conflict, details: { reason: 'colleague-answered', at: 5 } })).toBe(5);
    expect(answeredElsewhereAt(conflict)).toBeNull();
    expect(answeredElsewhereAt({ code: 'invalid', message: '', details: { at: 5 } })).toBeNull();
  });
});
