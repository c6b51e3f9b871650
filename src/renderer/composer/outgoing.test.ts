import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../base/result.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createOutgoingDraft } from './outgoing.ts';

type Answer = Result<{ readonly text: string | null }>;
const error = { code: 'unreachable', message: 'Down' } as const;

function begin() {
  const clock = fakeClock();
  const asked: { readonly text: string; readonly answer: (answer: Answer) => void }[] = [];
  const made = createOutgoingDraft(
    clock,
    (text) => new Promise((answer) => void asked.push({ text, answer })),
  );
  const say = (index: number, text: string | null): void =>
    asked[index]?.answer({ ok: true, value: { text } });
  return { clock, asked, made, say };
}
const settled = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await Promise.resolve();
};

test('what is typed is asked for after a pause, once', async () => {
  const { clock, asked, made, say } = begin();
  for (const text of ['H', 'He', 'Hello ']) made.typed(text);
  await clock.advance(600);
  expect(asked).toEqual([]);
  await clock.advance(200);
  expect(asked.map(({ text }) => text)).toEqual(['Hello']);
  expect(made.draft()).toEqual({ state: 'pending', source: 'Hello' });
  say(0, 'สวัสดี');
  await settled();
  expect(made.draft()).toEqual({ state: 'done', source: 'Hello', words: 'สวัสดี', edited: false });
  made.typed('Hello');
  await clock.advance(5_000);
  expect(asked).toHaveLength(1);
});

test('a late translation of another text is let go', async () => {
  const { clock, made, say } = begin();
  made.typed('Yes');
  await clock.advance(800);
  made.typed('Yes, but no');
  say(0, 'ใช่');
  await settled();
  expect(made.draft()).toEqual({ state: 'pending', source: 'Yes, but no' });
});

test('a person’s words hold for the text they were written for, and no longer', async () => {
  const { clock, asked, made, say } = begin();
  made.typed('Hello');
  await clock.advance(800);
  say(0, 'สวัสดี');
  await settled();
  made.edit('หวัดดี');
  expect(await made.exactly(' Hello ')).toMatchObject({ words: 'หวัดดี', edited: true });
  made.typed('Hello!');
  expect(made.draft()).toMatchObject({ state: 'pending' });
  const sent = made.exactly('Hello!');
  expect(asked.map(({ text }) => text)).toEqual(['Hello', 'Hello!']);
  say(1, 'สวัสดี!');
  expect(await sent).toMatchObject({ state: 'done', words: 'สวัสดี!' });
});

test('a failure is said, and asked anew when it is to go', async () => {
  const { clock, asked, made, say } = begin();
  made.typed('Hello');
  await clock.advance(800);
  asked[0]?.answer({ ok: false, error });
  await settled();
  expect(made.draft()).toEqual({ state: 'failed', source: 'Hello', error });
  const sent = made.exactly('Hello');
  say(1, 'สวัสดี');
  expect(await sent).toMatchObject({ state: 'done', words: 'สวัสดี' });
});

test('whatever is typed, answered late, early or never, what is answered was made from exactly that text', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('type' as const), text: fc.constantFrom('a', 'b', 'a b', ' a ', '') }),
    fc.record({ do: fc.constant('answer' as const), index: fc.nat(5), ok: fc.boolean() }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 900) }),
    fc.record({ do: fc.constant('edit' as const) }),
    fc.record({ do: fc.constant('send' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { clock, asked, made } = begin();
      let text = '';
      const sends: Promise<void>[] = [];
      const of = (source: string): string => `<${source}>`;
      for (const one of steps) {
        if (one.do === 'type') made.typed((text = one.text));
        else if (one.do === 'wait') await clock.advance(one.ms);
        else if (one.do === 'edit') made.edit(of(text.trim()));
        else if (one.do === 'answer') {
          const found = asked[one.index];
          found?.answer(one.ok ? { ok: true, value: { text: of(found.text) } } : { ok: false, error });
        } else if (text.trim() !== '') {
          const wanted = text.trim();
          sends.push(
            made.exactly(text).then((draft) => {
              expect(draft.source).toBe(wanted);
              if (draft.state === 'done') expect(draft.words).toBe(of(wanted));
            }),
          );
        }
        await settled();
        const now = made.draft();
        if (now.state !== 'none') expect(now.source).toBe(text.trim());
        if (now.state === 'done') expect(now.words).toBe(of(text.trim()));
      }
      for (const { text: source, answer } of asked) answer({ ok: true, value: { text: of(source) } });
      await Promise.all(sends);
    }),
    { numRuns: 300 },
  );
});
