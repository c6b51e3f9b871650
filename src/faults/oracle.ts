import { readFileSync } from 'node:fs';
import type { JournalLine } from '../sandbox/journal/entry.ts';
import { likenessOfAsked, likenessOfContent, type RequestLine } from './asked.ts';
import { markOf } from './contents.ts';
import type { JournalRecord } from './records.ts';

/** Answers that speak of the moment, the tokens or the clock, not of the message: the same send may pass later. */
const PASSING = new Set([
  'error_rate_limit',
  'error_server',
  'error_auth',
  'error_sign',
  'error_param',
  'invalid_acceess_token',
  'ApiCallLimit',
  'ServiceTimeout',
  'IllegalAccessToken',
  'InvalidParameter',
  'IncompleteSignature',
  '36009002',
  '36009003',
  '36009004',
  '45101004',
  '45111012',
  '105002',
  '106001',
]);

/** Told in a whole answer that this message, or its picture, will not be taken. */
function isRefusal({ messageId, status, fault, outcome }: RequestLine): boolean {
  if (messageId !== null || status === null || outcome === 'ok' || PASSING.has(outcome)) return false;
  return fault === null || fault === 'refuse';
}

interface Shown {
  /** When the conversation shows it, UTC milliseconds; a late one is shown later than it was taken. */
  readonly at: number;
  readonly seq: number;
  readonly record: Omit<JournalRecord, 'n'>;
}

function shown(line: RequestLine): Shown | null {
  const { at, seq, platform, conversationId } = line;
  const place = { platform, store: line.shopId ?? '', conversation: conversationId ?? '' };
  for (const effect of line.effects) {
    if (effect.kind !== 'message') continue;
    const { message, conversationId: conversation } = effect;
    const text = markOf(likenessOfContent(message.content), conversation);
    const record = { ...place, conversation, text, remoteId: message.id } as const;
    return { at: message.showsAt ?? at, seq, record: { ...record, outcome: 'accepted' } };
  }
  if (!isRefusal(line)) return null;
  const text = markOf(likenessOfAsked(line), place.conversation);
  return { at, seq, record: { ...place, text, remoteId: null, outcome: 'refused' } };
}

/**
 * What the sandbox's journal says of every send: accepted, or refused for good; in the order buyers see them. A picture
 * whose upload is refused is refused, in whichever conversation it was to be sent.
 */
export function recordsOf(lines: readonly JournalLine[]): JournalRecord[] {
  return lines
    .filter((line): line is RequestLine => line.kind === 'request' && ['send', 'upload'].includes(line.call))
    .flatMap((line) => shown(line) ?? [])
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
    .map(({ record }, index) => ({ n: index + 1, ...record }));
}

/** How often the sandbox misbehaved as it was told. */
export function faultsIn(lines: readonly JournalLine[]): number {
  return lines.filter((line) => 'fault' in line && line.fault !== null).length;
}

/** Every line of a journal's file. The sandbox must have ended, or be at rest. */
export function readJournal(path: string): JournalLine[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalLine);
}
