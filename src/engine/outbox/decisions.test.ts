import { expect, test } from 'vitest';
import { CodedError, type ErrorCode } from '../../base/errors.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk } from '../../testing/own-messages.ts';

const decisions = ['retry', 'release', 'skip', 'discard', 'edit', 'settle'] as const;
type Decision = (typeof decisions)[number];

/** A send ends in this, and so does every reading from then on. */
function lose(desk: ChatDesk, sending: ErrorCode, reading: ErrorCode): void {
  desk.platform.onSend = () => {
    desk.platform.readError = new CodedError(reading, 'No');
    throw new CodedError(sending, 'No');
  };
}

/** Whether a message that was brought into a state takes a decision, or says that it is no longer in the right one. */
async function takes(
  decision: Decision,
  phase: string,
  bringAbout: (desk: ChatDesk) => void,
): Promise<boolean> {
  const { desk, own } = await askedDesk();
  try {
    bringAbout(desk);
    const { id: messageId } = await own.send('1');
    await desk.clock.advance(60_000);
    expect((await own.all())[0]?.pending?.phase).toBe(phase);
    const input = { messageId, text: 'x', verdict: 'arrived' } as const;
    return await desk.call(`outbox.${decision}`, input).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'conflict', details: { reason: phase } });
        return false;
      },
    );
  } finally {
    desk.close();
  }
}

test.each<[phase: string, allowed: readonly Decision[], bringAbout: (desk: ChatDesk) => void]>([
  ['queued', ['discard', 'edit'], (desk) => desk.setGate('offline')],
  ['sending', [], (desk) => (desk.platform.onSend = () => new Promise(() => {}))],
  ['checking', ['discard', 'settle'], (desk) => lose(desk, 'ambiguous', 'unreachable')],
  ['unconfirmed', ['skip', 'discard', 'settle'], (desk) => lose(desk, 'ambiguous', 'invalid')],
  ['failed', ['retry', 'skip', 'discard', 'edit'], (desk) => lose(desk, 'rejected', 'unreachable')],
])('what is %s takes %j and nothing else', async (phase, allowed, bringAbout) => {
  const taken: Decision[] = [];
  for (const decision of decisions) if (await takes(decision, phase, bringAbout)) taken.push(decision);
  expect(taken).toEqual(allowed);
});
