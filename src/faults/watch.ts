import { appendFileSync } from 'node:fs';
import type { MessageView } from '../contract/models.ts';
import type { RunPage } from './page.ts';

/** Where a send stands as the page sees it. */
export interface Standing {
  readonly seq: number;
  readonly conversationId: number;
  readonly clientId: string;
  /** Null until the engine answered that it is stored. */
  view: MessageView | null;
}

/** Newest messages of a thread that are looked through, and how many when one is not among them. */
const NEWEST = 60;
const MANY = 400;
const LOOK_MS = 40;
/** All open ones are read again this often, should a feed event have been missed. Milliseconds. */
const READ_ALL_MS = 5_000;

const ended = new Set(['sent', 'failed', 'unconfirmed']);

/** True once nothing more happens to it by itself: sent, refused for good, or left to a person. */
function isAtRest({ view }: Standing): boolean {
  if (view === null || view.status === null || !ended.has(view.status)) return false;
  return view.pending === null || view.pending.phase === 'failed' || view.pending.phase === 'unconfirmed';
}

/** Follows every send by reading threads when the feed says that they changed, as an open page does. */
export class Watch {
  readonly #page: RunPage;
  readonly #file: string;
  readonly #open = new Map<number, Standing>();
  readonly #changed = new Set<number>();
  readonly #notes: string[] = [];
  #progressAt = Date.now();
  #total = 0;
  #timer: NodeJS.Timeout | undefined;
  #readAllAt = Date.now();
  #why: Error | null = null;

  /** `file` keeps all notes. */
  constructor(page: RunPage, file: string) {
    this.#page = page;
    this.#file = file;
    page.onFeed('messages', (ids) => this.#hear(ids));
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
  }

  /** Why the run can't go on; null while it can. */
  get over(): Error | null {
    return this.#why;
  }

  /** Milliseconds since the last send was stored or came to rest. */
  get idleMs(): number {
    return Date.now() - this.#progressAt;
  }

  get standing(): readonly Standing[] {
    return [...this.#open.values()];
  }

  get total(): number {
    return this.#total;
  }

  /** The last things worth telling when a run hangs. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  note(text: string): void {
    const note = `${new Date().toISOString()} ${text}`;
    appendFileSync(this.#file, `${note}\n`);
    this.#notes.push(note);
    if (this.#notes.length > 200) this.#notes.shift();
  }

  end(why: Error): void {
    this.#why ??= why;
  }

  typing(seq: number, conversationId: number, clientId: string): void {
    this.#total += 1;
    this.#open.set(seq, { seq, conversationId, clientId, view: null });
  }

  stored(seq: number, view: MessageView): void {
    const standing = this.#open.get(seq);
    if (standing === undefined) return;
    this.#progressAt = Date.now();
    this.#take(standing, view);
    this.#changed.add(standing.conversationId);
  }

  /** Resolves when fewer than `room` sends are open, or the run is over. */
  async hasRoom(room: number): Promise<void> {
    while (this.#open.size >= room && this.#why === null) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #hear(ids: readonly number[]): void {
    const all = ids.length === 0 ? [...this.#open.values()].map(({ conversationId }) => conversationId) : ids;
    for (const id of all) this.#changed.add(id);
  }

  #take(standing: Standing, view: MessageView): void {
    standing.view = view;
    if (!isAtRest(standing)) return;
    this.#open.delete(standing.seq);
    this.#progressAt = Date.now();
  }

  async #look(): Promise<void> {
    if (Date.now() - this.#readAllAt > READ_ALL_MS) {
      this.#readAllAt = Date.now();
      this.#hear([]);
    }
    const ids = [...this.#changed];
    this.#changed.clear();
    for (const id of ids) await this.#read(id, NEWEST);
    if (this.#timer !== undefined) this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
  }

  async #read(conversationId: number, limit: number): Promise<void> {
    const here = this.standing.filter((one) => one.conversationId === conversationId && one.view !== null);
    if (here.length === 0) return;
    const answer = await this.#page.call('messages.page', { conversationId, at: { kind: 'latest' }, limit });
    if (!answer.ok) {
      this.#changed.add(conversationId);
      return;
    }
    const views = new Map(answer.value.messages.map((view) => [view.clientId, view]));
    let missing = false;
    for (const standing of here) {
      const view = views.get(standing.clientId);
      if (view === undefined) missing = true;
      else this.#take(standing, view);
    }
    if (missing && limit < MANY) await this.#read(conversationId, MANY);
    else if (missing)
      this.note(`a message of conversation ${conversationId} is not among its newest ${MANY}`);
  }
}
