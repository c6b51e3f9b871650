import type { ClaimRecord, Evidence, JournalRecord } from './records.ts';

/** One thing that must not be, in words. */
export interface Finding {
  readonly kind: 'lost' | 'doubled' | 'reordered' | 'unconfirmed';
  readonly seq: number | null;
  readonly why: string;
}

/** The figures of a run, recounted from its two files. */
export interface Tally {
  readonly sends: number;
  readonly sent: number;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  /** Of the unconfirmed: those of which the platform's answers left nothing open. */
  readonly needless: number;
  readonly findings: readonly Finding[];
}

type Place = Pick<ClaimRecord, 'platform' | 'store' | 'conversation'>;

const placeOf = ({ platform, store, conversation }: Place): string => `${platform}/${store}/${conversation}`;

interface Seen {
  readonly accepted: readonly JournalRecord[];
  readonly here: readonly JournalRecord[];
  readonly refused: boolean;
}

/** What a claim is worth beside what the platform did; null when it is true. */
function falsehood(claim: ClaimRecord, { accepted, here, refused }: Seen): string | null {
  switch (claim.status) {
    case 'sent':
      if (here.length === 0)
        return accepted.length === 0 ? 'said sent, never accepted' : 'sent to another place';
      if (claim.remoteId !== null && !here.some(({ remoteId }) => remoteId === claim.remoteId))
        return `said sent as ${claim.remoteId}, which the platform never made of it`;
      return null;
    case 'failed':
      if (accepted.length > 0) return 'said failed, but accepted';
      return refused ? null : 'said failed, never refused';
    case 'unconfirmed':
      return null;
    case 'vanished':
      return 'taken and gone';
    default:
      return `left ${claim.status}`;
  }
}

function byText(records: readonly JournalRecord[]): Map<string, JournalRecord[]> {
  const found = new Map<string, JournalRecord[]>();
  for (const record of records) {
    const same = found.get(record.text);
    if (same === undefined) found.set(record.text, [record]);
    else same.push(record);
  }
  return found;
}

function seen(claim: ClaimRecord, records: readonly JournalRecord[]): Seen {
  const accepted = records.filter(({ outcome }) => outcome === 'accepted');
  return {
    accepted,
    here: accepted.filter((record) => placeOf(record) === placeOf(claim)),
    refused: records.some(({ outcome }) => outcome === 'refused'),
  };
}

/** Messages that came to their conversation after one that was enqueued behind them. */
function reorderings({ journal, claims }: Evidence): Finding[] {
  const seqOf = new Map(claims.map((claim) => [`${placeOf(claim)}\n${claim.text}`, claim.seq]));
  const newest = new Map<string, number>();
  const met = new Set<number>();
  const findings: Finding[] = [];
  for (const record of [...journal].sort((a, b) => a.n - b.n)) {
    if (record.outcome !== 'accepted') continue;
    const place = placeOf(record);
    const seq = seqOf.get(`${place}\n${record.text}`);
    // A second acceptance is a double, not a disorder.
    if (seq === undefined || met.has(seq)) continue;
    met.add(seq);
    const before = newest.get(place) ?? -1;
    if (seq < before)
      findings.push({ kind: 'reordered', seq, why: `came after number ${before} in ${place}` });
    newest.set(place, Math.max(before, seq));
  }
  return findings;
}

function sameText(claims: readonly ClaimRecord[]): string | undefined {
  const texts = new Set<string>();
  return claims.find(({ text }) => texts.size === texts.add(text).size)?.text;
}

/**
 * Compares what Counterdesk claims with what the platforms did. Pure. Lost: said sent but never accepted there, said
 * failed without a refusal or in spite of an acceptance, not settled, or gone. Doubled: every acceptance beyond the
 * first, wherever, and every accepted text that nobody wrote. Throws when two claims have one text: then nothing can
 * be said of either.
 */
export function count(evidence: Evidence): Tally {
  const { journal, claims } = evidence;
  const double = sameText(claims);
  if (double !== undefined) throw new Error(`Two messages have the text ${JSON.stringify(double)}.`);
  const records = byText(journal);
  const findings: Finding[] = [];
  let needless = 0;
  for (const claim of claims) {
    const what = seen(claim, records.get(claim.text) ?? []);
    records.delete(claim.text);
    const { seq } = claim;
    const why = falsehood(claim, what);
    if (why !== null) findings.push({ kind: 'lost', seq, why });
    for (const more of what.accepted.slice(1))
      findings.push({ kind: 'doubled', seq, why: `accepted again as ${more.remoteId ?? '?'}` });
    if (claim.status !== 'unconfirmed') continue;
    const isOpen = what.accepted.length > 0 || !what.refused;
    if (!isOpen) needless += 1;
    findings.push({ kind: 'unconfirmed', seq, why: isOpen ? 'no answer said what became of it' : 'refused' });
  }
  for (const [text, strangers] of records)
    for (const { outcome } of strangers)
      if (outcome === 'accepted')
        findings.push({ kind: 'doubled', seq: null, why: `nobody wrote ${JSON.stringify(text)}` });
  findings.push(...reorderings(evidence));
  const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
  const sent = claims.filter(({ status }) => status === 'sent').length;
  const unconfirmed = of('unconfirmed');
  return {
    sends: claims.length,
    sent,
    failed: claims.length - sent - unconfirmed,
    unconfirmed,
    lost: of('lost'),
    doubled: of('doubled'),
    reordered: of('reordered'),
    needless,
    findings,
  };
}

/** Below this many sends one truly unconfirmed message is no share worth speaking of. */
const SMALL = 1000;

/** Whether a run holds the goal: nothing lost, doubled or reordered, and under 0.1 % unconfirmed, none needlessly. */
export function holdsGoal({ sends, lost, doubled, reordered, unconfirmed, needless }: Tally): boolean {
  if (lost + doubled + reordered + needless > 0) return false;
  return sends < SMALL ? unconfirmed <= 1 : unconfirmed < sends / 1000;
}
