/** Where a canary of one store was found by another, or in what a connection of one carried of another. */
export interface Bleed {
  readonly phase: string;
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/** The last line of a run. */
export interface Tally {
  readonly stores: number;
  /** Looks of one store for what another left, in all phases. */
  readonly pairs: number;
  readonly bleeds: number;
  /** Packets of calls at the STUN server, and packets of whatever kind that would have left this computer. */
  readonly strayPackets: number;
  /** Connections at the site that came from no store's proxy. */
  readonly directConnections: number;
  /**
   * Names looked up elsewhere than at a proxy, and names that were used and no proxy looked up. Null: nobody can see it
   * on this machine.
   */
  readonly unresolvedAtProxy: number | null;
  /** The same by the same probes with the guards taken off: each is to be above 0, or null as above. */
  readonly controls: Readonly<
    Pick<Tally, 'bleeds' | 'strayPackets' | 'directConnections' | 'unresolvedAtProxy'>
  >;
}

/** What a page posted of the canaries it found: by place, the store each is of. Null: none. */
export type Found = Readonly<Record<string, string | null>>;

/** Canaries of others in what one store found, wherever in a text they stand. Its own are none. */
export function bleedsIn(phase: string, store: number, found: Found): Bleed[] {
  return Object.entries(found).flatMap(([what, text]) =>
    storesIn(text)
      .filter((from) => from !== store)
      .map((from) => ({ phase, what, from, to: store })),
  );
}

/** Places in which a store does not find its own canary, though it left one there. */
export function missingIn(store: number, found: Found, places: readonly string[]): string[] {
  return places.filter((place) => !storesIn(found[place] ?? null).includes(store));
}

/** Connections that carried requests of more than one store: to the site, both look like one. */
export function sharedConnections(
  phase: string,
  hits: readonly { readonly connection: number; readonly query: URLSearchParams }[],
): Bleed[] {
  const first = new Map<number, number>();
  return hits.flatMap(({ connection, query }) => {
    const store = Number(query.get('store') ?? 'NaN');
    if (!Number.isInteger(store)) return [];
    const before = first.get(connection) ?? store;
    first.set(connection, before);
    return before === store ? [] : [{ phase, what: 'connection', from: before, to: store }];
  });
}

export function canaryOf(store: number): string {
  return `canary-${store}-end`;
}

/** Whose canaries stand in a text. */
export function storesIn(text: string | null): number[] {
  return [...(text ?? '').matchAll(/canary-(\d+)-end/g)].map(([, store]) => Number(store));
}

/** All zeros are zero, and each control saw what it was to see. */
export function holds(tally: Tally): boolean {
  const zeros = [tally.bleeds, tally.strayPackets, tally.directConnections, tally.unresolvedAtProxy];
  const isSeen = Object.entries(tally.controls).every(([what, count]) =>
    // What nobody can see here must be unseen on both sides.
    count === null ? tally[what as keyof Tally['controls']] === null : count > 0,
  );
  return zeros.every((count) => count === 0 || count === null) && isSeen;
}
