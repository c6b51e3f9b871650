import { beforeEach, expect, it, vi } from 'vitest';
import type { Result } from '../../base/result.ts';
import { beginEdit, endEdit, forgetEdits, isUsed, saveEdit, tookFocus, typeEdit, useEdits } from './edits.ts';

/** What the engine was asked, and how it will answer. */
const engine = vi.hoisted(() => ({
  asked: [] as unknown[],
  answer: (): void => {},
}));
vi.mock('../client.ts', () => ({
  client: {
    call: (method: string, input: unknown): Promise<Result<unknown>> => {
      engine.asked.push([method, input]);
      return new Promise((resolve) => {
        engine.answer = (result: unknown = { ok: true, value: null }) => resolve(result as Result<unknown>);
      });
    },
  },
}));

const answer = (result?: Result<null>): void => (engine.answer as (value?: Result<null>) => void)(result);
const edit = (): unknown => useEdits.getState().get(7);

beforeEach(() => {
  forgetEdits();
  engine.asked.length = 0;
});

it('saves once, without the blanks around it, and is over', async () => {
  beginEdit(7, 'old');
  typeEdit(7, ' new ');
  const saved = saveEdit(7);
  void saveEdit(7);
  answer();
  await saved;
  expect(engine.asked).toEqual([['outbox.edit', { messageId: 7, text: 'new' }]]);
  expect(edit()).toBeUndefined();
});

it('keeps what was typed when it fails, and when one types on meanwhile', async () => {
  beginEdit(7, 'old');
  typeEdit(7, 'new');
  const error = { code: 'timed-out', message: 'x' } as const;
  let saved = saveEdit(7);
  answer({ ok: false, error });
  await saved;
  expect(edit()).toMatchObject({ text: 'new', saving: false, error });
  saved = saveEdit(7);
  typeEdit(7, 'new and more');
  answer();
  await saved;
  expect(edit()).toMatchObject({ text: 'new and more', saving: false, error: null });
});

it('is over where the message has its words already: the answer was lost, and saying "not used" would send them twice', async () => {
  beginEdit(7, 'old');
  typeEdit(7, ' new ');
  const unsaved = useEdits.getState().get(7);
  const saved = saveEdit(7);
  answer({ ok: false, error: { code: 'closed', message: 'x' } });
  await saved;
  const failed = useEdits.getState().get(7);
  expect([isUsed(failed, false, 'old'), isUsed(failed, false, 'new')]).toEqual([false, true]);
  // It went out, or goes: what was typed is in it, or comes too late.
  expect([isUsed(unsaved, true, 'old'), isUsed(unsaved, true, 'new')]).toEqual([false, true]);
  expect(isUsed(unsaved, false, 'new')).toBe(false);
  expect(isUsed(undefined, true, 'new')).toBe(false);
});

it('begins anew only where nothing is being written, and never saves nothing', async () => {
  beginEdit(7, 'old');
  typeEdit(7, '  ');
  beginEdit(7, 'old');
  expect(edit()).toMatchObject({ text: '  ' });
  await saveEdit(7);
  expect(engine.asked).toEqual([]);
  const saved = saveEdit(8);
  await saved;
  expect(engine.asked).toEqual([]);
});

it('wants the keyboard once for each time it is asked for', () => {
  beginEdit(7, 'old');
  expect(edit()).toMatchObject({ wantsFocus: true });
  tookFocus(7);
  typeEdit(7, 'new');
  expect(edit()).toMatchObject({ wantsFocus: false });
  beginEdit(7, 'old');
  expect(edit()).toMatchObject({ text: 'new', wantsFocus: true });
});

it('let go while it is being saved, it does not come back', async () => {
  beginEdit(7, 'old');
  const saved = saveEdit(7);
  endEdit(7);
  answer({ ok: false, error: { code: 'conflict', message: 'x' } });
  await saved;
  expect(edit()).toBeUndefined();
});
