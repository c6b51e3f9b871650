import type { ConversationState } from '../contract/models.ts';
import { compareKeys, laterKey, type SortKey } from '../engine/messages/sort-key.ts';

/** A message as the engine has it, without anything the engine made of it. */
export interface Known {
  readonly id: number;
  readonly key: SortKey;
  readonly author: string;
  /** Neither hidden nor taken back. */
  readonly counts: boolean;
  readonly isOwn: boolean;
  /** Of an own message: the platform has it. */
  readonly isSent: boolean;
  /** Of an own message: on its way for the first time. */
  readonly isFirstTry: boolean;
  readonly at: number;
}

const END = { sortSeq: '~', id: Number.MAX_SAFE_INTEGER };
/** The latest of some places; null of none. */
export const newest = (keys: readonly SortKey[]): SortKey | null =>
  keys.reduce<SortKey | null>(laterKey, null);
const isAfter = (key: SortKey, other: SortKey | null): boolean =>
  other === null || compareKeys(key, other) > 0;

/** What the words of the project say of one conversation, from the messages known and what people did. */
export class Expected {
  private known: readonly Known[] = [];
  private seen: SortKey | null = null;
  /** Up to there the shop has read in another client, as the platform's list said last; and what was taken of it. */
  private readElsewhere: SortKey | null = null;
  private taken: SortKey | null = null;
  private said: 'done' | 'snoozed' | 'reply' | null = null;
  private settled: SortKey | null = null;

  private buyers(known = this.known): SortKey[] {
    return known.filter((one) => one.author === 'buyer' && one.counts).map((one) => one.key);
  }

  private answers(known = this.known): { key: SortKey; author: string }[] {
    const own = known.filter((one) => one.isOwn && !one.isSent).sort((a, b) => a.id - b.id);
    const stuck = own.findIndex((one) => !one.isFirstTry);
    const onTheirWay = own.slice(0, stuck < 0 ? own.length : stuck);
    return [
      ...known
        .filter(
          (one) => ['here', 'elsewhere'].includes(one.author) && one.counts && (!one.isOwn || one.isSent),
        )
        .map(({ key, author }) => ({ key, author })),
      ...onTheirWay.map((one) => ({ key: { sortAt: one.at, ...END }, author: 'pending' })),
    ];
  }

  private upTo(key: SortKey | null): SortKey | null {
    return key === null ? null : newest(this.buyers().filter((one) => !isAfter(one, key)));
  }

  private see(key: SortKey | null): void {
    this.seen = laterKey(this.seen, key);
  }

  private get unanswered(): boolean {
    const answer = newest(this.answers().map(({ key }) => key));
    return this.buyers().some((one) => isAfter(one, answer) && isAfter(one, this.settled));
  }

  get unread(): number {
    return this.buyers().filter((one) => isAfter(one, this.seen)).length;
  }

  get state(): ConversationState {
    if (this.said === 'done' || this.said === 'snoozed') return this.said;
    return this.said === 'reply' || this.unanswered ? 'needs-reply' : 'waiting';
  }

  /** `platformSeen`: what a list said meanwhile, if there was one. */
  arrive(known: readonly Known[], platformSeen: SortKey | null | undefined): void {
    const before = this.known;
    this.known = known;
    const buyer = newest(this.buyers());
    const cameFromBuyer =
      buyer !== null && isAfter(buyer, newest(this.buyers(before))) && isAfter(buyer, this.settled);
    const answer = newest(this.answers().map(({ key }) => key));
    const isAnswered = answer !== null && isAfter(answer, newest(this.answers(before).map(({ key }) => key)));
    if (cameFromBuyer || (isAnswered && this.said === 'reply')) this.said = null;

    const settledAnswers = (all: readonly Known[]) =>
      this.answers(all).filter((one) => one.author !== 'pending');
    const last = newest(settledAnswers(known).map(({ key }) => key));
    const isElsewhere = settledAnswers(known).some((one) => one.key === last && one.author === 'elsewhere');
    if (isElsewhere) {
      const ids = new Set(before.map((one) => one.id));
      const isNew = known.some((one) => one.key === last && !ids.has(one.id));
      const above = this.upTo(last);
      const cameAbove = known.some((one) => one.key === above && !ids.has(one.id));
      if (isNew || cameAbove) this.see(above);
    }
    if (platformSeen !== undefined) this.readElsewhere = platformSeen;
    const read = this.upTo(this.readElsewhere);
    if (read !== null && isAfter(read, this.taken)) {
      this.taken = read;
      this.see(read);
    }
  }

  read(): void {
    this.see(newest(this.buyers()));
  }

  markUnread(): void {
    const last = newest(this.buyers());
    if (last === null || this.unread > 0) return;
    this.seen = newest(this.buyers().filter((one) => one !== last));
  }

  say(what: 'done' | 'snoozed' | 'reply'): void {
    if (what !== 'snoozed') this.settled = what === 'done' ? newest(this.buyers()) : null;
    this.said = what === 'reply' && this.unanswered ? null : what;
  }

  wake(): void {
    if (this.said === 'snoozed') this.said = null;
  }
}
