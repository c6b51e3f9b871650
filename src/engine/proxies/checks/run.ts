import { toErrorShape } from '../../../base/errors.ts';
import type { ProxyChecks } from '../../../contract/proxies.ts';

/** Looks that go on at once. */
const AT_ONCE = 16;

/** How a look at one proxy came out; `gone`: it is there no more. */
export type Outcome = 'works' | 'failed' | 'unseen' | 'gone';

/** A look that can be ended. */
export interface Look {
  readonly outcome: Promise<Outcome>;
  /** Ends it at once; `outcome` may be whatever then. */
  end(): void;
}

interface RunInput {
  readonly begin: (proxyId: number) => Look;
  /** Called with the proxy after each look, and once at the end. */
  readonly onChange: (proxyId: number) => void;
}

type Counts = Omit<ProxyChecks, 'isRunning'>;

/** Looks at many proxies, some at a time. */
export class Run {
  readonly #input: RunInput;
  readonly #waiting = new Set<number>();
  readonly #looks = new Map<number, Look>();
  readonly #ending = new Set<Promise<unknown>>();
  #counts: Counts = { total: 0, done: 0, failed: 0, unseen: 0, unknown: 0, error: null };
  #isOver = false;

  constructor(input: RunInput) {
    this.#input = input;
  }

  get view(): ProxyChecks {
    return { isRunning: this.#looks.size > 0, ...this.#counts };
  }

  /** More of them; those that are to be looked at anyway are not looked at twice. */
  add(proxyIds: Iterable<number>): void {
    const before = this.#waiting.size;
    for (const id of proxyIds) if (!this.#looks.has(id)) this.#waiting.add(id);
    this.#counts = { ...this.#counts, total: this.#counts.total + this.#waiting.size - before };
    this.#fill();
  }

  /** Ends everything; awaited, until nothing is left of it. */
  async cancel(): Promise<void> {
    this.#isOver = true;
    this.#waiting.clear();
    for (const look of this.#looks.values()) look.end();
    await Promise.all(this.#ending);
  }

  /** Whether it was cancelled: what comes out of a look from now on says nothing. */
  get isOver(): boolean {
    return this.#isOver;
  }

  #fill(): void {
    for (const id of this.#waiting) {
      if (this.#looks.size >= AT_ONCE) return;
      this.#waiting.delete(id);
      const look = this.#input.begin(id);
      this.#looks.set(id, look);
      const ending: Promise<void> = this.#follow(id, look).finally(() => this.#ending.delete(ending));
      this.#ending.add(ending);
    }
  }

  async #follow(id: number, { outcome }: Look): Promise<void> {
    const found = await outcome.catch((error: unknown) => ({ error: toErrorShape(error) }));
    this.#looks.delete(id);
    if (this.#isOver) return;
    const { done, failed, unseen, unknown, error } = this.#counts;
    const isUnknown = typeof found === 'object';
    this.#counts = {
      ...this.#counts,
      done: done + 1,
      failed: failed + Number(found === 'failed'),
      unseen: unseen + Number(found === 'unseen'),
      unknown: unknown + Number(isUnknown),
      error: isUnknown ? found.error : error,
    };
    this.#fill();
    this.#input.onChange(id);
  }
}
