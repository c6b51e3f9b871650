import type { BrowserContext, Page, Response } from 'playwright-core';
import type { Clock } from '../../base/time.ts';
import { readAnswerText, type SellerCentre, type SellerSignal } from '../../channels/seller-centre.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Log } from '../parts.ts';
import { isOfPlatform } from './links.ts';
import type { AccountFacts, PoolListener } from './parts.ts';

/** Longer answers are not read, in characters: what tells a sign-in is short. */
const MAX_ANSWER = 1024 * 1024;

/** Whose addresses count for one account. */
interface View {
  readonly isTelling: (url: string) => boolean;
  readonly isSellers: (url: string) => boolean;
}

interface WatchInput {
  readonly factsOf: (accountId: number) => AccountFacts;
  readonly centreOf: (platform: PlatformId) => SellerCentre;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Hears every signal of an account, in the order in which they came. */
  readonly onSignal: (accountId: number, signal: SellerSignal) => void;
}

/**
 * Watches what stores' pages show and are answered by themselves. It asks nothing: every request is the page's own. What
 * it reads is hostile; nothing of it reaches the log.
 */
export function createWatch(input: WatchInput): PoolListener {
  const { factsOf, centreOf, log, onSignal } = input;
  const viewOf = (accountId: number): View => {
    const { platform, own } = factsOf(accountId);
    const centre = centreOf(platform);
    const isOwn = (url: string): boolean => isOfPlatform(url, { domains: [], own });
    const isPlatforms = (url: string): boolean => isOfPlatform(url, { domains: centre.domains, own: [] });
    return {
      isTelling: (url) => centre.isTelling(url) && (isOwn(url) || isPlatforms(url)),
      isSellers: (url) => isOwn(url) || (isPlatforms(url) && centre.isSellerPage(url)),
    };
  };
  const readAnswer = async (accountId: number, view: View, response: Response): Promise<void> => {
    const url = response.url();
    const headers = response.headers();
    if (!view.isTelling(url) || Number(headers['content-length'] ?? 0) > MAX_ANSWER) return;
    // A worker's has no page; it was started by one.
    const isAsked = response.request().serviceWorker() !== null || view.isSellers(response.frame().url());
    if (!isAsked) return;
    const text = await response.text();
    if (text.length > MAX_ANSWER) return;
    onSignal(accountId, {
      kind: 'answer',
      url,
      status: response.status(),
      headers,
      body: readAnswerText(text),
    });
  };
  const readPage = async (accountId: number, view: View, page: Page): Promise<void> => {
    const url = page.url();
    if (!view.isSellers(url)) return;
    onSignal(accountId, { kind: 'page', url });
    const cookies = await page.context().cookies(url);
    // It may have moved on meanwhile.
    if (page.url() !== url) return;
    onSignal(accountId, { kind: 'cookies', names: cookies.map(({ name }) => name) });
  };
  /** A page that goes while it is read is no trouble. */
  const quietly = (accountId: number, read: () => Promise<void>): void => {
    read().catch((error: unknown) => {
      const isGone = /closed|navigat|No resource|No data|crash/i.test(String(error));
      if (!isGone)
        log.warn('not-watched', { accountId, error: error instanceof Error ? error.name : 'unknown' });
    });
  };

  return {
    onContext: (accountId: number, context: BrowserContext) => {
      // Looked up once: pages are answered by the hundred.
      const view = viewOf(accountId);
      context.on('response', (response) => quietly(accountId, () => readAnswer(accountId, view, response)));
    },
    onPage: (accountId: number, page: Page) => {
      const view = viewOf(accountId);
      page.on('framenavigated', (frame) => {
        if (frame === page.mainFrame()) quietly(accountId, () => readPage(accountId, view, page));
      });
    },
  };
}
