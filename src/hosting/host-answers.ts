import type { EngineToHost, HostMethods } from '../wire/host-link.ts';
import type { EngineChild } from './engine-child.ts';

/** A host's answers to its engine. A throw reaches the engine as `unreachable` with the error's message. */
export type HostAnswers = {
  readonly [K in keyof HostMethods]: (
    ...args: Parameters<HostMethods[K]>
  ) => ReturnType<HostMethods[K]> | Promise<ReturnType<HostMethods[K]>>;
};

type Ask = Extract<EngineToHost, { kind: 'ask' }>;

/** Answers one question of an engine; always posts exactly one answer. */
export async function answerAsk(answers: HostAnswers, ask: Ask, child: EngineChild): Promise<void> {
  try {
    if (!Object.hasOwn(answers, ask.method)) throw new Error(`The host knows no ${ask.method}.`);
    const answer = answers[ask.method] as (input: unknown) => unknown;
    child.post({ kind: 'answer', id: ask.id, value: await answer(ask.input) });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    child.post({ kind: 'answer-error', id: ask.id, message });
  }
}
