import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markOf } from './contents.ts';
import { count, holdsGoal, type Tally } from './count.ts';
import { hashOf, pictureOf } from './pictures.ts';
import {
  readEvidence,
  writeEvidence,
  type ClaimRecord,
  type Evidence,
  type JournalRecord,
} from './records.ts';

const CONVERSATIONS = 7;

/** A run in which all went well: `size` sends, each accepted once, in order. */
function goodRun(size: number): { journal: JournalRecord[]; claims: ClaimRecord[] } {
  const claims = Array.from({ length: size }, (_, seq): ClaimRecord => ({
    seq,
    platform: seq % 2 === 0 ? 'shopee' : 'lazada',
    store: `store-${seq % 2}`,
    conversation: `c${seq % CONVERSATIONS}`,
    text: `text ${seq}`,
    remoteId: `r${seq}`,
    status: 'sent',
  }));
  const journal = claims.map(({ seq, platform, store, conversation, text, remoteId }): JournalRecord => ({
    n: seq + 1,
    platform,
    store,
    conversation,
    text,
    remoteId,
    outcome: 'accepted',
  }));
  return { journal, claims };
}

const numbers = ({ lost, doubled, reordered, unconfirmed }: Tally): object => ({
  lost,
  doubled,
  reordered,
  unconfirmed,
});
const nothing = { lost: 0, doubled: 0, reordered: 0, unconfirmed: 0 };

/** A good run of 200 in which one thing was changed. */
function planted(change: (run: ReturnType<typeof goodRun>) => void): Tally {
  const run = goodRun(200);
  change(run);
  return count(run);
}

const refusedRecord = (record: JournalRecord): JournalRecord => ({
  ...record,
  remoteId: null,
  outcome: 'refused',
});

describe('the counting', () => {
  it('finds nothing in a good run', () => {
    const tally = count(goodRun(200));
    expect(tally).toMatchObject({ sends: 200, sent: 200, failed: 0, findings: [], ...nothing });
    expect(holdsGoal(tally)).toBe(true);
  });

  it('sees a loss: said sent, never accepted', () => {
    const tally = planted(({ journal }) => journal.splice(40, 1));
    expect(numbers(tally)).toEqual({ ...nothing, lost: 1 });
    expect(tally.findings).toEqual([{ kind: 'lost', seq: 40, why: 'said sent, never accepted' }]);
    expect(holdsGoal(tally)).toBe(false);
  });

  it('sees an invented sent: an id the platform never gave', () => {
    const tally = planted(({ claims }) => {
      claims[3] = { ...claims[3]!, remoteId: 'r4' };
    });
    expect(numbers(tally)).toEqual({ ...nothing, lost: 1 });
  });

  it('sees a message that went to another buyer or store', () => {
    for (const other of [{ conversation: 'elsewhere' }, { store: 'another' }]) {
      const tally = planted(({ journal }) => {
        journal[9] = { ...journal[9]!, ...other };
      });
      expect(numbers(tally)).toEqual({ ...nothing, lost: 1 });
    }
  });

  it('sees a text that arrived changed: one lost, one nobody wrote', () => {
    const tally = planted(({ journal }) => {
      journal[9] = { ...journal[9]!, text: 'text 9 and more' };
    });
    expect(numbers(tally)).toEqual({ ...nothing, lost: 1, doubled: 1 });
  });

  it.each(['queued', 'sending', 'vanished'] as const)('sees one that is %s at the end', (status) => {
    const tally = planted(({ claims, journal }) => {
      claims[5] = { ...claims[5]!, status, remoteId: null };
      journal.splice(5, 1);
    });
    expect(numbers(tally)).toEqual({ ...nothing, lost: 1 });
    expect(tally.sent + tally.failed + tally.unconfirmed).toBe(tally.sends);
  });

  it('counts a failed one as lost unless the platform refused it', () => {
    const fail = ({ claims }: ReturnType<typeof goodRun>): void => {
      claims[5] = { ...claims[5]!, status: 'failed', remoteId: null };
    };
    const unrefused = planted((run) => {
      fail(run);
      run.journal.splice(5, 1);
    });
    expect(numbers(unrefused)).toEqual({ ...nothing, lost: 1 });
    const refused = planted((run) => {
      fail(run);
      run.journal[5] = refusedRecord(run.journal[5]!);
    });
    expect(refused).toMatchObject({ ...nothing, failed: 1, sent: 199 });
    expect(holdsGoal(refused)).toBe(true);
    const accepted = planted(fail);
    expect(numbers(accepted)).toEqual({ ...nothing, lost: 1 });
  });

  it('sees a double, also in another conversation, and counts each', () => {
    const tally = planted(({ journal }) => {
      const again = journal[17]!;
      journal.push({ ...again, n: 900, remoteId: 'x1' });
      journal.push({ ...again, n: 901, remoteId: 'x2', conversation: 'elsewhere' });
    });
    expect(numbers(tally)).toEqual({ ...nothing, doubled: 2 });
    expect(holdsGoal(tally)).toBe(false);
  });

  it('sees a reordering within a conversation, and none between conversations', () => {
    const swap = (one: number, other: number): Tally =>
      planted(({ journal }) => {
        const [first, second] = [journal[one]!, journal[other]!];
        journal[one] = { ...first, n: second.n };
        journal[other] = { ...second, n: first.n };
      });
    // 30 and 44 share platform, store and conversation; 30 and 31 share none.
    expect(numbers(swap(30, 44))).toEqual({ ...nothing, reordered: 1 });
    expect(numbers(swap(30, 31))).toEqual(nothing);
  });

  it('a refusal before the acceptance is no double and no disorder', () => {
    const tally = planted(({ journal }) => {
      journal.push({ ...refusedRecord(journal[30]!), n: 0 });
    });
    expect(numbers(tally)).toEqual(nothing);
  });

  it('judges the unconfirmed: open, or needlessly so, and by their share', () => {
    const unconfirmed = (run: ReturnType<typeof goodRun>, seq: number): void => {
      run.claims[seq] = { ...run.claims[seq]!, status: 'unconfirmed', remoteId: null };
    };
    const open = planted((run) => unconfirmed(run, 8));
    expect(open).toMatchObject({ ...nothing, unconfirmed: 1, needless: 0, sent: 199 });
    expect(holdsGoal(open)).toBe(true);
    const needless = planted((run) => {
      unconfirmed(run, 8);
      run.journal[8] = refusedRecord(run.journal[8]!);
    });
    expect(needless).toMatchObject({ unconfirmed: 1, needless: 1 });
    expect(holdsGoal(needless)).toBe(false);
    const many = goodRun(2000);
    unconfirmed(many, 1);
    expect(holdsGoal(count(many))).toBe(true);
    unconfirmed(many, 2);
    expect(holdsGoal(count(many))).toBe(false);
  });

  describe('of pictures and cards', () => {
    const picture = (seq: number): string => markOf({ kind: 'image', what: hashOf(pictureOf(seq)) }, '');
    const product = (conversation: string, id = '11'): string =>
      markOf({ kind: 'product', what: id }, conversation);
    /** A run of 200 in which some are pictures and some the card of one product, each to another conversation. */
    const mixed = (change: (run: ReturnType<typeof goodRun>) => void): Tally =>
      planted((run) => {
        const holds = (seq: number, text: string): void => {
          run.claims[seq] = { ...run.claims[seq]!, text };
          run.journal[seq] = { ...run.journal[seq]!, text };
        };
        for (let seq = 30; seq < 30 + CONVERSATIONS; seq += 1)
          holds(seq, product(run.claims[seq]!.conversation));
        for (let seq = 60; seq < 80; seq += 1) holds(seq, picture(seq));
        change(run);
      });

    it('finds nothing when all went well: one product may go to many buyers', () => {
      expect(numbers(mixed(() => {}))).toEqual(nothing);
    });

    it('sees each of them lost, and failed without a refusal', () => {
      for (const seq of [33, 66]) {
        expect(numbers(mixed(({ journal }) => journal.splice(seq, 1)))).toEqual({ ...nothing, lost: 1 });
        const failed = (refused: boolean): Tally =>
          mixed(({ claims, journal }) => {
            claims[seq] = { ...claims[seq]!, status: 'failed', remoteId: null };
            if (refused) journal[seq] = refusedRecord(journal[seq]!);
            else journal.splice(seq, 1);
          });
        expect(numbers(failed(false))).toEqual({ ...nothing, lost: 1 });
        expect(failed(true)).toMatchObject({ ...nothing, failed: 1 });
      }
    });

    it('takes the refusal of an upload, which names no conversation, for one of the picture', () => {
      const tally = mixed(({ claims, journal }) => {
        claims[66] = { ...claims[66]!, status: 'failed', remoteId: null };
        journal[66] = { ...refusedRecord(journal[66]!), conversation: '' };
      });
      expect(tally).toMatchObject({ ...nothing, failed: 1 });
    });

    it('sees each of them doubled', () => {
      for (const seq of [33, 66]) {
        const tally = mixed(({ journal }) => journal.push({ ...journal[seq]!, n: 900, remoteId: 'x1' }));
        expect(numbers(tally)).toEqual({ ...nothing, doubled: 1 });
      }
    });

    it('sees a card of another thing, and one to another buyer: one lost, one nobody wrote', () => {
      for (const text of [product('c5', '12'), product('elsewhere')]) {
        const tally = mixed(({ journal }) => {
          journal[33] = { ...journal[33]!, text };
        });
        expect(numbers(tally)).toEqual({ ...nothing, lost: 1, doubled: 1 });
      }
    });

    it('sees a picture before the text it was to follow', () => {
      const tally = mixed(({ journal }) => {
        const [text, image] = [journal[48]!, journal[62]!];
        expect([text.conversation, image.text]).toEqual([image.conversation, picture(62)]);
        journal[48] = { ...text, n: image.n };
        journal[62] = { ...image, n: text.n };
      });
      expect(numbers(tally)).toEqual({ ...nothing, reordered: 1 });
    });
  });

  it('refuses to count when two messages have one text', () => {
    expect(() => planted(({ claims }) => (claims[1] = { ...claims[1]!, text: 'text 0' }))).toThrow('text 0');
  });

  it('counts the same from the files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'counterdesk-count-'));
    const run: Evidence = goodRun(20);
    writeEvidence(folder, { ...run, journal: run.journal.slice(1) });
    expect(numbers(count(readEvidence(folder)))).toEqual({ ...nothing, lost: 1 });
    rmSync(folder, { recursive: true });
  });
});
