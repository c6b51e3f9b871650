import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionBundleSchema, type ConnectionBundle } from '../contract/bundle.ts';
import type { PlatformId } from '../contract/models.ts';
import type { FaultKind } from '../sandbox/faults/rules.ts';
import type { JournalLine, RequestEntry } from '../sandbox/journal/entry.ts';

/** A conversation as the sandbox names it. */
export interface Place {
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly conversationId: string;
}

/** What is known of a conversation without opening it. */
export interface KnownConversation extends Place {
  readonly store: string;
  readonly site: string;
  readonly buyer: string;
  readonly messages: number;
  readonly unread: number;
  readonly lastAuthor: string;
}

/** An order to misbehave; see the sandbox's fault rules. */
export interface Fault {
  readonly kind: FaultKind;
  readonly platform?: PlatformId;
  readonly shopId?: string;
  readonly path?: string;
  readonly times?: number | null;
  readonly ms?: number;
  readonly code?: string;
  readonly message?: string;
  readonly accept?: boolean;
}

interface WorldShop {
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly name: string;
  readonly site: string;
  readonly orders: readonly { readonly orderId: string; readonly conversationId: string }[];
  readonly conversations: readonly {
    readonly conversationId: string;
    readonly buyer: string;
    readonly messages: number;
    readonly unread: number;
    readonly last: { readonly author: string } | null;
  }[];
}

/** The command address of the sandbox behind a running app: it makes buyers write and platforms fail. */
export class SandboxAdmin {
  readonly bundle: ConnectionBundle;
  readonly #url: string;

  /** Finds it by what the host keeps in the practice folder. */
  constructor(dataDir: string) {
    const record = readFileSync(join(dataDir, 'practice/sandbox.json'), 'utf8');
    this.bundle = connectionBundleSchema.parse(JSON.parse(record));
    this.#url = this.bundle.admin ?? '';
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${this.#url}${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  /** Nobody writes by himself and nobody answers, until `resume`. */
  async pause(): Promise<void> {
    await this.#ask('POST', '/pause');
  }

  async resume(): Promise<void> {
    await this.#ask('POST', '/resume');
  }

  /** Answers the rule's number, by which it can be removed. */
  async fault(fault: Fault): Promise<number> {
    return ((await this.#ask('POST', '/faults', fault)) as { id: number }).id;
  }

  /** Removes one fault, or all of them. */
  async clearFaults(id?: number): Promise<void> {
    await this.#ask('DELETE', id === undefined ? '/faults' : `/faults?id=${id}`);
  }

  /** Ends the sign-ins of a shop, asks for a verification, or makes the platform's seller centres slow or broken. */
  async sellers(order: { platform: PlatformId; shopId?: string; do: string; ms?: number }): Promise<void> {
    await this.#ask('POST', '/sellers', order);
  }

  /** A buyer writes this now. */
  async buyerWrites(place: Place, text: string): Promise<void> {
    await this.#ask('POST', '/buyer', { ...place, text });
  }

  /** A buyer sends a picture of this size now. */
  async buyerShows(place: Place, picture: `${number}x${number}`): Promise<void> {
    await this.#ask('POST', '/buyer', { ...place, picture });
  }

  /** A buyer who has not written before, with any name, writes to the platform's first shop. */
  async newBuyerWrites(platform: PlatformId, buyerName: string, text: string): Promise<Place> {
    return (await this.#ask('POST', '/buyer', { platform, buyerName, text })) as Place;
  }

  /** Every conversation, each shop's newest first. */
  async conversations(): Promise<KnownConversation[]> {
    const { shops } = (await this.#ask('GET', '/world')) as { shops: readonly WorldShop[] };
    return shops.flatMap(({ platform, shopId, name: store, site, conversations }) =>
      conversations.map(({ conversationId, buyer, messages, unread, last }) => ({
        platform,
        shopId,
        store,
        site,
        conversationId,
        buyer,
        messages,
        unread,
        lastAuthor: last?.author ?? '',
      })),
    );
  }

  /** An order number of a store that was shown in another conversation. */
  async orderElsewhere({ shopId, conversationId }: Place): Promise<string> {
    const { shops } = (await this.#ask('GET', '/world')) as { shops: readonly WorldShop[] };
    const orders = shops.find((shop) => shop.shopId === shopId)?.orders ?? [];
    const order = orders.find((one) => one.conversationId !== conversationId);
    if (order === undefined) throw new Error('The shop has no order.');
    return order.orderId;
  }

  /** The n-th newest conversation of a platform in which the shop spoke last, so that nobody waits. */
  async answered(platform: PlatformId, n: number): Promise<KnownConversation> {
    const all = (await this.conversations()).filter(
      (one) =>
        one.platform === platform && one.lastAuthor === 'agent' && one.unread === 0 && one.messages < 100,
    );
    const found = all[n];
    if (found === undefined) throw new Error(`${platform} has no ${n + 1} answered conversations.`);
    return found;
  }

  /** Lines of the journal that pass. */
  async journal(): Promise<JournalLine[]> {
    const text = await (await fetch(`${this.#url}/journal`)).text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as JournalLine);
  }

  /** Requests of this kind for one conversation, in order. */
  async requests(call: RequestEntry['call'], place: Place): Promise<RequestEntry[]> {
    return (await this.journal()).filter(
      (line): line is Extract<JournalLine, RequestEntry> =>
        line.kind === 'request' &&
        line.call === call &&
        line.platform === place.platform &&
        line.shopId === place.shopId &&
        line.conversationId === place.conversationId,
    );
  }

  /** Sends with this text that the platform accepted, whatever became of its answer. */
  async acceptedSends(text: string): Promise<number> {
    return (await this.journal()).filter(
      (line) =>
        line.kind === 'request' &&
        line.call === 'send' &&
        line.messageId !== null &&
        JSON.stringify(line.effects).includes(JSON.stringify(text).slice(1, -1)),
    ).length;
  }
}
