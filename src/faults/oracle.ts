import { readFileSync } from 'node:fs';
import type { JournalLine, RequestEntry } from '../sandbox/journal/entry.ts';
import type { JournalRecord } from './records.ts';

type SendLine = Extract<JournalLine, RequestEntry>;

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
  '105002',
  '106001',
]);

/** Told in a whole answer that this message will not be taken. */
function isRefusal({ messageId, status, fault, outcome }: SendLine): boolean {
  if (messageId !== null || status === null || PASSING.has(outcome)) return false;
  return fault === null || fault === 'refuse';
}

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

/** The words of a send, in the field this platform carries them in; empty when there are none. */
function wordsOf({ platform, body, query }: SendLine): string {
  const words = {
    shopee: () => field(field(body, 'content'), 'text'),
    lazada: () => field(body, 'txt') ?? query['txt'],
    tiktok: () => field(parsed(field(body, 'content')), 'content'),
  }[platform]();
  return typeof words === 'string' ? words : '';
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

interface Shown {
  /** When the conversation shows it, UTC milliseconds; a late one is shown later than it was taken. */
  readonly at: number;
  readonly seq: number;
  readonly record: Omit<JournalRecord, 'n'>;
}

function shown(line: SendLine): Shown | null {
  const place = {
    platform: line.platform,
    store: line.shopId ?? '',
    conversation: line.conversationId ?? '',
  };
  for (const effect of line.effects) {
    if (effect.kind !== 'message') continue;
    const { message, conversationId } = effect;
    const text = 'text' in message.content ? message.content.text : `[${message.content.kind}]`;
    const record = { ...place, conversation: conversationId, text, remoteId: message.id } as const;
    return { at: message.showsAt ?? line.at, seq: line.seq, record: { ...record, outcome: 'accepted' } };
  }
  if (!isRefusal(line)) return null;
  const record = { ...place, text: wordsOf(line), remoteId: null, outcome: 'refused' } as const;
  return { at: line.at, seq: line.seq, record };
}

/** What the sandbox's journal says of every send: accepted, or refused for good; in the order buyers see them. */
export function recordsOf(lines: readonly JournalLine[]): JournalRecord[] {
  const sends = lines.filter((line): line is SendLine => line.kind === 'request' && line.call === 'send');
  return sends
    .flatMap((line) => shown(line) ?? [])
    .sort((a, b) => a.at - b.at || a.seq - b.seq)
    .map(({ record }, index) => ({ n: index + 1, ...record }));
}

/** How often the sandbox misbehaved as it was told. */
export function faultsIn(lines: readonly JournalLine[]): number {
  return lines.filter((line) => line.kind === 'request' && line.fault !== null).length;
}

/** Every line of a journal's file. The sandbox must have ended, or be at rest. */
export function readJournal(path: string): JournalLine[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalLine);
}
