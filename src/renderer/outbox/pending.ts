import type { MessageKind, MessageView, PendingView } from '../../contract/models.ts';

/** Where an own message stands that is not surely sent. */
export type Phase = PendingView['phase'];

/** What a person can do about such a message. */
export type PendingAct =
  'retry' | 'send' | 'arrived' | 'sendAgain' | 'edit' | 'discard' | 'skip' | 'test' | 'log';

/** The messages around one that is not surely sent, as far as they matter to it. */
export interface PendingPlace {
  /** Of the message it waits for; null when it waits for none, or that one is not known here. */
  readonly behindPhase: Phase | null;
  /** How many messages wait behind it. */
  readonly waiting: number;
}

/** Nobody behind it, and it behind nobody. */
export const alone: PendingPlace = { behindPhase: null, waiting: 0 };

/** Whether a person may write another text into such a message. */
export function isEditable(phase: Phase, kind: MessageKind): boolean {
  return kind === 'text' && (phase === 'queued' || phase === 'held' || phase === 'failed');
}

/** What a person can do, the likeliest first. `waiting`: how many messages wait behind it. */
export function actsFor(pending: PendingView, kind: MessageKind, waiting: number): readonly PendingAct[] {
  const edit: readonly PendingAct[] = isEditable(pending.phase, kind) ? ['edit'] : [];
  const skip: readonly PendingAct[] = waiting > 0 && !pending.skipped ? ['skip'] : [];
  switch (pending.phase) {
    case 'sending':
      return [];
    case 'checking':
      return ['arrived', 'sendAgain', 'discard', 'log'];
    case 'queued':
      return [...edit, 'discard'];
    case 'held':
      return pending.hold === 'recovered'
        ? ['arrived', 'send', ...edit, 'discard', ...skip]
        : ['send', ...edit, 'discard', ...skip];
    case 'failed':
      return ['retry', ...edit, 'discard', ...skip, 'test', 'log'];
    case 'unconfirmed':
      return ['arrived', 'sendAgain', 'discard', ...skip, 'log'];
  }
}

/** The place of every message of a stretch that is not surely sent, by its id. */
export function pendingPlaces(messages: readonly MessageView[]): ReadonlyMap<number, PendingPlace> {
  const phases = new Map<number, Phase>();
  const waiting = new Map<number, number>();
  for (const { id, pending } of messages) {
    if (pending === null) continue;
    phases.set(id, pending.phase);
    if (pending.behindId !== null) waiting.set(pending.behindId, (waiting.get(pending.behindId) ?? 0) + 1);
  }
  const places = new Map<number, PendingPlace>();
  for (const { id, pending } of messages) {
    if (pending === null) continue;
    const behindPhase = pending.behindId === null ? null : (phases.get(pending.behindId) ?? null);
    places.set(id, { behindPhase, waiting: waiting.get(id) ?? 0 });
  }
  return places;
}
