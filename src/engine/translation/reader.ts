import type { Clock } from '../../base/time.ts';
import type { SourceRow } from './queries.ts';
import type { Wishes } from './wishes.ts';

/** Texts whose language is found at a time: no other call waits for more. */
const AT_ONCE = 10;

/** Finds out what texts are written in, apart from the calls that show them. */
export interface Reader {
  /** What the text is in; undefined: that is not known yet, is found out, and `onKnown` is told. */
  languageOf(source: SourceRow): ReturnType<Wishes['languageOf']> | undefined;
  stop(): void;
}

/** `onKnown` hears of several at once. */
export function createReader(
  clock: Clock,
  wishes: Wishes,
  onKnown: (sources: readonly SourceRow[]) => void,
): Reader {
  let waiting: SourceRow[] = [];
  let cancel = (): void => {};
  const some = (): void => {
    const now = waiting.slice(0, AT_ONCE);
    waiting = waiting.slice(AT_ONCE);
    for (const { text, site } of now) wishes.languageOf(text ?? '', site);
    if (waiting.length > 0) cancel = clock.after(0, some);
    onKnown(now);
  };
  return {
    languageOf: (source) => {
      const known = wishes.knownLanguage(source.text ?? '', source.site);
      if (known !== undefined) return known;
      if (waiting.length === 0) cancel = clock.after(0, some);
      waiting.push(source);
      return undefined;
    },
    stop: () => cancel(),
  };
}
