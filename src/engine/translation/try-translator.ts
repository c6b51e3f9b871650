import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { Log } from '../parts.ts';
import { judge } from './judge.ts';
import type { Protected } from './protect.ts';
import type { Translator } from './translators.ts';
import type { Usage } from './usage.ts';

/** A text and what it is to become. */
export interface Task {
  readonly text: string;
  readonly from: LanguageCode | null;
  readonly to: LanguageCode;
  /** Words that come through as they are. */
  readonly terms: readonly string[];
}

/** What became of it. */
export type Outcome =
  | { readonly ok: true; readonly text: string; readonly provider: string }
  | { readonly ok: false; readonly error: ErrorShape };

/** A task with who waits for it. */
export interface Item {
  readonly task: Task;
  readonly source: Protected;
  readonly characters: number;
  readonly done: (outcome: Outcome) => void;
}

/** Has one provider translate what it can, in few calls; answers what is left, and the last that went wrong. */
export type TryTranslator = (
  translator: Translator,
  items: readonly Item[],
) => Promise<{ readonly failed: readonly Item[]; readonly error: ErrorShape | null }>;

export function createTry(log: Log, usage: Usage): TryTranslator {
  /** Code points that were sent and are not counted yet. */
  let underWay = 0;

  const tryTranslator: TryTranslator = async (translator, items) => {
    const most = translator.limits.characters;
    const failed = items.filter((item) => item.characters > most);
    let error = failed.length === 0 ? null : shape('invalid', 'translation-long');
    let isStopped = false;
    for (const batch of batches(
      items.filter((item) => item.characters <= most),
      translator,
    )) {
      if (isStopped) failed.push(...batch);
      else error = (await tryBatch(translator, batch, (item) => failed.push(item))) ?? error;
      // What it said of one call it would say of the next.
      isStopped ||= error !== null && error.code !== 'invalid';
    }
    return { failed, error };
  };

  /** Answers what went wrong; those it could not do are given to `fail`. */
  const tryBatch = async (
    translator: Translator,
    batch: readonly Item[],
    fail: (item: Item) => void,
  ): Promise<ErrorShape | null> => {
    const [first] = batch;
    if (first === undefined) return null;
    const characters = batch.reduce((sum, item) => sum + item.characters, 0);
    const give = (error: ErrorShape): ErrorShape => {
      for (const item of batch) fail(item);
      return error;
    };
    if (usage.isOver(underWay + characters)) return give(shape('rejected', 'translation-budget'));
    underWay += characters;
    try {
      const { from, to } = first.task;
      const answers = await translator.translate({
        texts: batch.map(({ source }) => source.masked),
        from,
        to,
      });
      usage.sent(characters);
      return settle(translator, batch, answers, fail);
    } catch (thrown) {
      const error = toErrorShape(thrown);
      // It did answer, and counts what it was given.
      if (error.code === 'invalid') usage.sent(characters);
      log.warn('not-translated', { provider: translator.id, texts: batch.length, error });
      return give(error);
    } finally {
      underWay -= characters;
    }
  };

  const settle = (
    { id, name }: Translator,
    batch: readonly Item[],
    answers: readonly string[],
    fail: (item: Item) => void,
  ): ErrorShape | null => {
    let bad = 0;
    for (const [index, item] of batch.entries()) {
      const text = judge(item.source, answers[index] ?? '');
      if (text === null) {
        bad += 1;
        fail(item);
      } else item.done({ ok: true, text, provider: name });
    }
    if (bad === 0) return null;
    log.warn('bad-translations', { provider: id, texts: batch.length, bad });
    return shape('invalid', 'provider-answer');
  };

  return tryTranslator;
}

/** As few calls as hold them all; each fits by itself. */
function batches(items: readonly Item[], { limits }: Translator): Item[][] {
  const made: Item[][] = [];
  let [current, characters]: [Item[], number] = [[], 0];
  for (const item of items) {
    const isFull = current.length >= limits.texts || characters + item.characters > limits.characters;
    if (isFull && current.length > 0) {
      made.push(current);
      [current, characters] = [[], 0];
    }
    current.push(item);
    characters += item.characters;
  }
  if (current.length > 0) made.push(current);
  return made;
}

/** An error of this reason. */
export function shape(code: 'rejected' | 'invalid', reason: string): ErrorShape {
  return toErrorShape(new CodedError(code, `Not translated: ${reason}`, { reason }));
}
