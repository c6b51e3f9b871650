import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformId } from '../contract/models.ts';

/** What a platform did with a send, in the order in which conversations show it. */
export interface JournalRecord {
  /** 1, 2, 3, ... */
  readonly n: number;
  readonly platform: PlatformId;
  /** The platform's own ids. */
  readonly store: string;
  readonly conversation: string;
  /** What it is known by: `markOf`. */
  readonly text: string;
  /** The message's id there; null when it was refused. */
  readonly remoteId: string | null;
  /** `refused`: told in a well-formed answer that this message will not be taken. */
  readonly outcome: 'accepted' | 'refused';
}

/** What Counterdesk says became of a message. `vanished`: it took the message, and has it no more. */
export type ClaimStatus = 'sent' | 'failed' | 'unconfirmed' | 'queued' | 'sending' | 'vanished';

/** What Counterdesk claims of one message, in the order in which they were enqueued. */
export interface ClaimRecord {
  readonly seq: number;
  readonly platform: PlatformId;
  readonly store: string;
  readonly conversation: string;
  /** What it is known by: `markOf`. */
  readonly text: string;
  readonly remoteId: string | null;
  readonly status: ClaimStatus;
}

/** Both sides of a run: the oracle's and the claims'. */
export interface Evidence {
  readonly journal: readonly JournalRecord[];
  readonly claims: readonly ClaimRecord[];
}

const files = { journal: 'journal.jsonl', claims: 'claims.jsonl' } as const;

const jsonl = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

function read<T>(path: string): T[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** Leaves `journal.jsonl` and `claims.jsonl` in a folder, which is made if missing. */
export function writeEvidence(folder: string, { journal, claims }: Evidence): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, files.journal), jsonl(journal));
  writeFileSync(join(folder, files.claims), jsonl(claims));
}

/** Reads what `writeEvidence` left. */
export function readEvidence(folder: string): Evidence {
  return {
    journal: read<JournalRecord>(join(folder, files.journal)),
    claims: read<ClaimRecord>(join(folder, files.claims)),
  };
}
