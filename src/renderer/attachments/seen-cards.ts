import type { SendableCard } from '../../contract/outbox.ts';
import type { MessageView } from '../../contract/models.ts';

/** A card that stands in a thread and can be sent again. */
export interface SeenCard {
  readonly kind: SendableCard;
  readonly reference: string;
  readonly title: string | null;
  /** Of a voucher, where the platform names it by its code too. */
  readonly code: string | null;
}

const isSendable = (kind: string): kind is SendableCard =>
  kind === 'order' || kind === 'product' || kind === 'voucher';

/**
 * The cards among messages, oldest message first: each thing once, the newest first. `voucherCode`: the title of such
 * a platform's vouchers is their code.
 */
export function seenCards(messages: readonly MessageView[], voucherCode: boolean): SeenCard[] {
  const seen = new Map<string, SeenCard>();
  for (const { kind, card, recalled } of messages.toReversed()) {
    const reference = card?.reference ?? '';
    const key = `${kind} ${reference}`;
    if (!isSendable(kind) || reference === '' || recalled || seen.has(key)) continue;
    const title = card?.title ?? null;
    seen.set(key, { kind, reference, title, code: voucherCode && kind === 'voucher' ? title : null });
  }
  return [...seen.values()];
}
