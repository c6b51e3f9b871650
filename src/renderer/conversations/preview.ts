import type { ConversationRow, MessageKind } from '../../contract/models.ts';
import type { Translate } from '../i18n/i18n.ts';

/** What the second line of a row says, and in which manner. */
export interface Preview {
  readonly tone: 'plain' | 'draft' | 'waiting' | 'trouble';
  /** Who or what, before the text: "You", "Draft"; null for the buyer. */
  readonly lead: string | null;
  readonly text: string;
  /** The buyer's own words, where `text` is their translation. */
  readonly original?: string;
}

type Last = NonNullable<ConversationRow['last']>;

const worded: readonly MessageKind[] = ['text', 'system'];

/** How far an own message is that is still on its way; null for any other. */
export function onItsWay({
  status,
  error,
}: Pick<Last, 'status' | 'error'>): 'sending' | 'waits' | 'checking' | null {
  if (status === 'queued') return error === null ? 'sending' : 'waits';
  // An error of an attempt that is not over: it may have arrived, and is being looked for.
  if (status === 'sending') return error === null ? 'sending' : 'checking';
  return null;
}

function leadOf(last: Last, t: Translate): string | null {
  const way = onItsWay(last);
  if (way === 'waits' || way === 'checking') return t(`preview.${way}`);
  if (last.author === 'here' || last.author === 'elsewhere') return t('preview.you');
  return last.author === 'automatic' ? t('preview.automatic') : null;
}

function textOf(last: Last, t: Translate): string {
  const text = last.text?.replace(/\s+/gu, ' ').trim() ?? '';
  if (worded.includes(last.kind)) return text === '' ? t('preview.empty') : text;
  const kind = t(`preview.kind.${last.kind}`);
  return text === '' ? kind : t('preview.named', { kind, text });
}

/**
 * The second line of a row: trouble first, then a draft, then the last message, with pictures and cards in words.
 * `reason` puts an error into words.
 */
export function previewOf(
  row: ConversationRow,
  t: Translate,
  reason: (error: NonNullable<Last['error']>) => string,
): Preview {
  const { last } = row;
  if (last?.status === 'failed') {
    const text =
      last.error === null ? t('preview.failed') : t('preview.failedBecause', { reason: reason(last.error) });
    return { tone: 'trouble', lead: null, text };
  }
  if (row.failed > 0)
    return { tone: 'trouble', lead: null, text: t('preview.failedCount', { count: row.failed }) };
  if (row.held > 0) return { tone: 'waiting', lead: null, text: t('preview.heldCount', { count: row.held }) };
  if (row.unconfirmed > 0)
    return { tone: 'waiting', lead: null, text: t('preview.unconfirmedCount', { count: row.unconfirmed }) };
  const draft = row.draft?.replace(/\s+/gu, ' ').trim() ?? '';
  if (draft !== '') return { tone: 'draft', lead: t('preview.draft'), text: draft };
  if (last === null) return { tone: 'plain', lead: null, text: t('preview.none') };
  const text = textOf(last, t);
  if (last.translation === null) return { tone: 'plain', lead: leadOf(last, t), text };
  const translated = textOf({ ...last, text: last.translation }, t);
  return { tone: 'plain', lead: leadOf(last, t), text: translated, original: text };
}
