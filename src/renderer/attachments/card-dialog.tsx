import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { ConversationRow, StoreView } from '../../contract/models.ts';
import type { SendableCard } from '../../contract/outbox.ts';
import { clock } from '../client.ts';
import { AnywayQuestion } from '../composer/anyway-question.tsx';
import { answeredElsewhereAt } from '../composer/send-once.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { useReason } from '../panel/reason.ts';
import { isComposing } from '../ui/ime.ts';
import type { SeenCard } from './seen-cards.ts';
import { sendCard } from './send-card.ts';
import { useSeenCards } from './use-seen-cards.ts';
import styles from './attachments.module.css';

/** As long as the contract allows. */
const longestReference = 100;

interface FormProps {
  readonly row: ConversationRow;
  readonly sends: StoreView['sends'];
  readonly close: () => void;
}

function SeenCards({
  cards,
  chosen,
  choose,
}: {
  readonly cards: readonly SeenCard[];
  readonly chosen: string;
  readonly choose: (card: SeenCard) => void;
}) {
  const t = useT('attachments');
  if (cards.length === 0) return null;
  return (
    <>
      <p className={styles.seenTitle} id="seen-cards">
        {t('card.seen')}
      </p>
      <ul className={styles.seen} aria-labelledby="seen-cards">
        {cards.map((card) => (
          <li key={card.reference}>
            <button
              type="button"
              className={styles.seenCard}
              aria-pressed={card.reference === chosen}
              data-testid="seen-card"
              onClick={() => choose(card)}
            >
              <bdi>{displayText(card.title ?? card.reference)}</bdi>
              {card.title !== null && <bdi className={styles.seenLine}>{displayText(card.reference)}</bdi>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

type Problem = { readonly error: ErrorShape } | 'earlier-stored';

/** What the form holds, and the sending of it. */
function useCardForm({ row, sends, close }: FormProps) {
  const [begunAt] = useState(() => clock.now());
  const [kind, setKind] = useState<SendableCard>(sends.cards[0] ?? 'order');
  const [reference, setReference] = useState('');
  const [code, setCode] = useState('');
  const [title, setTitle] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wantsCode = kind === 'voucher' && sends.voucherCode;
  const complete = reference.trim() !== '' && (!wantsCode || code.trim() !== '');

  const fill = (card: Pick<SeenCard, 'reference' | 'code' | 'title'>): void => {
    setReference(card.reference);
    setCode(card.code ?? '');
    setTitle(card.title);
    setProblem(null);
  };
  const send = async (anyway: boolean): Promise<void> => {
    if (busy || !complete) return;
    setBusy(true);
    setProblem(null);
    const card = { kind, reference: reference.trim(), code: wantsCode ? code.trim() : null, title };
    const outcome = await sendCard(row.id, card, { begunAt, anyway });
    setBusy(false);
    if (outcome.kind === 'stored') close();
    else setProblem(outcome.kind === 'failed' ? { error: outcome.error } : 'earlier-stored');
  };
  return {
    kind,
    reference,
    code,
    busy,
    problem,
    wantsCode,
    complete,
    fill,
    send,
    setKind: (next: SendableCard) => {
      setKind(next);
      fill({ reference: '', code: null, title: null });
    },
    // A number typed by hand is no longer the thing that was picked.
    setReference: (next: string) => fill({ reference: next, code, title: null }),
    setCode,
    clearProblem: () => setProblem(null),
  };
}

function CardProblem({
  problem,
  retry,
  clear,
}: {
  readonly problem: Problem;
  readonly retry: () => void;
  readonly clear: () => void;
}) {
  const t = useT('attachments');
  const reason = useReason();
  const answeredAt = problem === 'earlier-stored' ? null : answeredElsewhereAt(problem.error);
  if (answeredAt !== null) {
    return <AnywayQuestion answeredAt={answeredAt} sendAnyway={retry} keepEditing={clear} />;
  }
  return (
    <p className={styles.cardProblem} role="alert">
      {problem === 'earlier-stored'
        ? t('card.earlierStored')
        : t('card.failed', { reason: reason(problem.error) })}
    </p>
  );
}

function CardForm(props: FormProps) {
  const { row, sends, close } = props;
  const t = useT('attachments');
  const form = useCardForm(props);
  const { kind, wantsCode, problem } = form;
  const seen = useSeenCards(row.id, sends.voucherCode).filter((card) => card.kind === kind);
  const to = { buyer: useBuyerName()(row.buyerName), store: displayText(row.storeName), site: row.site };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void form.send(false);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    // Enter would pick a candidate of the input method; held down it would send again and again.
    if (event.key === 'Enter' && (isComposing(event) || event.repeat)) event.preventDefault();
  };
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} data-testid="card-form">
      <p className={styles.to}>{t('card.to', to)}</p>
      {sends.cards.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={t('card.kind')}
          value={kind}
          onChange={(value) => form.setKind(value as SendableCard)}
          data={sends.cards.map((value) => ({ value, label: t(`card.name.${value}`) }))}
        />
      )}
      <SeenCards cards={seen} chosen={form.reference} choose={form.fill} />
      <div className={styles.fields}>
        <TextInput
          label={t(`card.number.${kind}`)}
          value={form.reference}
          maxLength={longestReference}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={(event) => form.setReference(event.currentTarget.value)}
        />
        {wantsCode && (
          <TextInput
            label={t('card.code')}
            value={form.code}
            maxLength={longestReference}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => form.setCode(event.currentTarget.value)}
          />
        )}
      </div>
      {problem !== null && (
        <CardProblem problem={problem} retry={() => void form.send(true)} clear={form.clearProblem} />
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={close}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={form.busy} disabled={!form.complete}>
          {t('card.send')}
        </Button>
      </Group>
    </form>
  );
}

/** Sends an order, a product or a voucher: one that was spoken of in the conversation, or one typed by its number. */
export function CardDialog(props: FormProps & { readonly opened: boolean }) {
  const t = useT('attachments');
  const { opened, ...form } = props;
  return (
    <Modal
      opened={opened}
      onClose={form.close}
      title={t('card.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size="sm"
    >
      {opened && <CardForm {...form} />}
    </Modal>
  );
}
