import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { AnswerLanguage } from '../../contract/translation.ts';
import { client, clock } from '../client.ts';
import type { ConversationTranslation } from '../translation/conversation-translation.ts';
import { createOutgoingDraft, type Draft, type OutgoingDraft } from './outgoing.ts';
import type { ComposerField } from './use-composer.ts';

/** A provider may take its time, and be followed by another. Milliseconds. */
export const TRANSLATION_WAIT = { timeoutMs: 60_000 } as const;

/** How answers of a conversation are translated, and the translation of what stands in the field. */
export interface Outgoing {
  /** Null until the engine has said. */
  readonly how: AnswerLanguage | null;
  /** Why it could not. */
  readonly error: ErrorShape | null;
  readonly draft: Draft;
  readonly keeper: OutgoingDraft;
}

const OFF: Draft = { state: 'none' };

/** React hook: follows the field while answers are translated; nothing is asked while they are not. */
export function useOutgoing(
  conversationId: number,
  { keeper: field }: ComposerField,
  { value, error }: ConversationTranslation,
): Outgoing {
  const how = value?.answers ?? null;
  const to = how?.to ?? null;
  const keeper = useDraftKeeper(conversationId, to);
  useEffect(() => {
    if (to === null) return undefined;
    const follow = (): void => keeper.typed(field.text());
    follow();
    return field.watch(follow);
  }, [to, keeper, field]);
  const draft = useSyncExternalStore(keeper.watch, keeper.draft);
  return { how, error: how === null ? error : null, keeper, draft: to === null ? OFF : draft };
}

function useDraftKeeper(conversationId: number, to: LanguageCode | null): OutgoingDraft {
  const make = (): OutgoingDraft =>
    createOutgoingDraft(clock, (text) =>
      to === null
        ? Promise.resolve({ ok: true, value: { text: null } })
        : client.call('translation.draft', { conversationId, text, to }, TRANSLATION_WAIT),
    );
  const [made, setMade] = useState(() => ({ to, keeper: make() }));
  // Another language is another translation: nothing of the one before may go out.
  if (made.to !== to) setMade({ to, keeper: make() });
  useEffect(() => () => made.keeper.stop(), [made]);
  return made.keeper;
}
