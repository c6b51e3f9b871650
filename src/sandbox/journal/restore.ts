import type { World } from '../world/world.ts';
import type { JournalLine, StartEntry } from './entry.ts';

/** The first line, if the journal has one. */
export function startOf(lines: readonly JournalLine[]): StartEntry | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (first.kind !== 'start') throw new Error('The journal does not begin with its start entry.');
  return first;
}

/** Does again, in order, everything the journal says happened. */
export function replay(world: World, lines: readonly JournalLine[]): void {
  for (const line of lines) {
    if (line.kind === 'start') continue;
    world.settle(line.at);
    for (const effect of line.effects) world.apply(effect);
  }
}
