import { toErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { Log } from '../parts.ts';
import { protect } from './protect.ts';
import { createTry, shape, type Item, type Outcome, type Task } from './try-translator.ts';
import type { Translators } from './translators.ts';
import type { Usage } from './usage.ts';

/** So long texts of one thread are gathered before they are sent together. Milliseconds. */
const GATHER_MS = 30;
/** Longest text that is translated, code points. */
export const MAX_TEXT = 20_000;

/** Translates texts by the first provider that can. */
export interface Work {
  /** Gathered with others into as few calls as the limits allow. Never rejects. */
  translate(task: Task): Promise<Outcome>;
  /** What was not sent yet is not sent any more. */
  stop(): void;
}

interface WorkInput {
  readonly clock: Clock;
  readonly log: Log;
  readonly translators: Translators;
  readonly usage: Usage;
  /** A copy of data in use elsewhere asks nobody anything. */
  readonly isReadOnly: () => boolean;
}

export function createWork({ clock, log, translators, usage, isReadOnly }: WorkInput): Work {
  const tryTranslator = createTry(log, usage);
  let gathered: Item[] = [];
  let cancel = (): void => {};

  const flush = (): void => {
    const items = gathered;
    gathered = [];
    const groups = Map.groupBy(items, ({ task }) => `${task.from ?? ''}>${task.to}`);
    for (const group of groups.values()) void translate(group);
  };

  /** Whatever happens, everybody is answered. */
  const translate = async (items: readonly Item[]): Promise<void> => {
    try {
      await inTurn(items);
    } catch (error) {
      log.error('not-translated', { error });
      for (const item of items) item.done({ ok: false, error: toErrorShape(error) });
    }
  };

  const inTurn = async (items: readonly Item[]): Promise<void> => {
    const [first] = items;
    if (first === undefined) return;
    let left = items;
    let last = translators.whyNone(first.task.to);
    for (const translator of translators.usable(first.task.to)) {
      const { failed, error } = await tryTranslator(translator, left);
      left = failed;
      last = error ?? last;
      if (left.length === 0) return;
    }
    const error = last ?? shape('rejected', 'provider-none');
    for (const item of left) item.done({ ok: false, error });
  };

  const gather: Work['translate'] = (task) =>
    new Promise((done) => {
      if (isReadOnly()) return done({ ok: false, error: shape('rejected', 'translation-copy') });
      if (task.text.length > MAX_TEXT * 2)
        return done({ ok: false, error: shape('invalid', 'translation-long') });
      const source = protect(task.text, task.terms);
      const characters = [...source.masked].length;
      if (characters > MAX_TEXT) return done({ ok: false, error: shape('invalid', 'translation-long') });
      gathered.push({ task, source, characters, done });
      if (gathered.length === 1) cancel = clock.after(GATHER_MS, flush);
      return undefined;
    });

  return { translate: gather, stop: () => cancel() };
}
