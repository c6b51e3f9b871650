import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** A journal longer than this is shortened when it is continued, in bytes. */
export const COMPACT_ABOVE = 64 * 1024 * 1024;

/**
 * Every request writes a line; those that changed nothing are of no use to a restore. A send or an upload that was
 * refused is kept: whoever recounts what became of each send asks for it.
 */
function changesNothing(line: string): boolean {
  return (
    /"kind":"(?:request|seller)"/.test(line) &&
    line.endsWith('"effects":[]}') &&
    !/"call":"(send|upload)"/.test(line)
  );
}

/**
 * Shortens a journal that grew longer than `limit` bytes: drops the requests that changed nothing, keeps the numbers
 * of the rest. The file is replaced in one step.
 */
export function compactJournal(path: string, limit: number): void {
  if (!existsSync(path) || statSync(path).size <= limit) return;
  const text = readFileSync(path, 'utf8');
  const kept = text
    .slice(0, text.lastIndexOf('\n'))
    .split('\n')
    .filter((line) => !changesNothing(line));
  writeFileSync(`${path}.new`, `${kept.join('\n')}\n`);
  renameSync(`${path}.new`, path);
}
