import { IconPackage, IconReceiptRefund, IconShoppingBag, IconTicket, type Icon } from '@tabler/icons-react';
import type { CardView } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import styles from './message-content.module.css';

export type CardKind = 'order' | 'product' | 'voucher' | 'return';

const icons: Record<CardKind, Icon> = {
  order: IconPackage,
  product: IconShoppingBag,
  voucher: IconTicket,
  return: IconReceiptRefund,
};

/** An order, product, voucher or return. Whatever part of it the platform left out is left out here. */
export function MessageCard({ kind, card }: { readonly kind: CardKind; readonly card: CardView | null }) {
  const t = useT('thread');
  const Sign = icons[kind];
  const name = t(`card.${kind}`);
  const named = (text: string | null | undefined): text is string =>
    text !== null && text !== undefined && text !== '';
  const reference = card?.reference;
  const full = named(reference) ? t('card.withReference', { name, reference: displayText(reference) }) : name;
  const lines = named(card?.title) ? [full] : [];
  lines.push(...[card?.subtitle, card?.status, card?.price].filter(named).map(displayText));
  return (
    <div className={styles.card} data-testid={`card-${kind}`}>
      <span className={styles.cardSign} aria-hidden>
        <Sign size={20} stroke={1.6} />
      </span>
      <span className={styles.cardText}>
        <bdi className={styles.cardTitle}>{named(card?.title) ? displayText(card.title) : full}</bdi>
        {lines.length > 0 && <bdi className={styles.cardLine}>{lines.join(' · ')}</bdi>}
      </span>
    </div>
  );
}
