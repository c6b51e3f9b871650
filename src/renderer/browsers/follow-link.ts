import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { LinkJudgement } from '../../contract/browsers.ts';
import { client } from '../client.ts';
import { say } from '../panel/notice-store.ts';
import { OPEN_MS } from './browsers-actions.ts';
import { askAbout } from './questions-store.ts';

/** A link that leads elsewhere, and about which a person is asked. */
export interface LinkQuestion {
  readonly storeId: number;
  readonly url: string;
  readonly judgement: LinkJudgement;
}

interface LinkState {
  readonly question: LinkQuestion | null;
  /** Why the last try to open it failed. */
  readonly error: ErrorShape | null;
  readonly isOpening: boolean;
}

const nothing: LinkState = { question: null, error: null, isOpening: false };

/** The link that is asked about; nothing while the dialog is closed. */
export const useLink = create<LinkState>(() => nothing);

/** The newest link that was followed: an older judgement that comes later opens nothing. */
let latest = 0;

async function open(storeId: number, url: string, confirmed: boolean): Promise<ErrorShape | null> {
  const answer = await client.call('browsers.openLink', { storeId, url, confirmed }, { timeoutMs: OPEN_MS });
  return answer.ok ? null : answer.error;
}

async function openInStore(storeId: number, url: string, judgement: LinkJudgement): Promise<void> {
  const error = await open(storeId, url, false);
  if (error === null) return;
  // The engine decides anew when it opens it.
  if (error.details?.reason === 'other-host') return ask({ storeId, url, judgement });
  askAbout({ kind: 'trouble', storeId, error });
}

function ask(question: LinkQuestion): void {
  useLink.setState({ question, error: null, isOpening: false });
}

/** Follows a link of a message that came to this store: into the store's browser, or asks first, or says why not. */
export async function followLink(storeId: number, url: string): Promise<void> {
  latest += 1;
  const own = latest;
  const answer = await client.call('browsers.judgeLink', { storeId, url });
  if (own !== latest) return;
  if (!answer.ok) return say('notice.linkFailed', answer.error);
  const judgement = answer.value;
  if (judgement.kind === 'refused') return say('notice.linkRefused');
  if (judgement.kind === 'store') return openInStore(storeId, url, judgement);
  ask({ storeId, url, judgement });
}

async function settle(deed: () => Promise<ErrorShape | null>): Promise<void> {
  const { question } = useLink.getState();
  useLink.setState({ isOpening: true, error: null });
  const error = await deed();
  if (useLink.getState().question !== question) return;
  useLink.setState(error === null ? nothing : { isOpening: false, error });
}

/** Opens the link that is asked about in its store's browser; the dialog closes if that worked, and else says why not. */
export async function openInStoreBrowser(): Promise<void> {
  const { question } = useLink.getState();
  if (question !== null) await settle(() => open(question.storeId, question.url, true));
}

/** Opens it in the person's own browser, outside Counterdesk. */
export async function openInOwnBrowser(): Promise<void> {
  const { question } = useLink.getState();
  if (question === null) return;
  await settle(async () => {
    const answer = await client.call('system.openExternal', { url: question.url });
    return answer.ok ? null : answer.error;
  });
}

/** Closes the dialog; nothing is opened. */
export function forgetLink(): void {
  latest += 1;
  useLink.setState(nothing);
}
