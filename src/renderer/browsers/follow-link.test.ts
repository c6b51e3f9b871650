import { beforeEach, expect, it, vi } from 'vitest';
import type { ErrorShape } from '../../base/errors.ts';
import type { LinkJudgement } from '../../contract/browsers.ts';
import { useNotice } from '../panel/notice-store.ts';
import { followLink, forgetLink, openInOwnBrowser, openInStoreBrowser, useLink } from './follow-link.ts';
import { closeQuestion, useBrowserQuestion } from './questions-store.ts';

interface Asked {
  readonly method: string;
  readonly input: unknown;
}
const desk = vi.hoisted(() => ({
  judgement: null as unknown,
  error: null as unknown,
  asked: [] as Asked[],
  held: null as Promise<void> | null,
}));
vi.mock('../client.ts', () => ({
  clock: { after: () => () => {} },
  client: {
    call: async (method: string, input: unknown) => {
      desk.asked.push({ method, input });
      if (method === 'browsers.judgeLink') {
        const value = desk.judgement;
        await desk.held;
        return { ok: true, value };
      }
      return desk.error === null ? { ok: true, value: null } : { ok: false, error: desk.error };
    },
  },
}));

const url = 'https://example.com/x';
const judged = (kind: LinkJudgement['kind']): LinkJudgement => ({
  kind,
  host: 'example.com',
  isDeceptive: false,
});
const refused = (reason: string): ErrorShape => ({ code: 'rejected', message: 'x', details: { reason } });
const opened = (): unknown[] =>
  desk.asked.filter(({ method }) => method !== 'browsers.judgeLink').map(({ input }) => input);

beforeEach(() => {
  Object.assign(desk, { judgement: judged('store'), error: null, asked: [], held: null });
  forgetLink();
  closeQuestion();
});

it('a page of the platform opens in the browser of the store, without a question', async () => {
  await followLink(3, url);
  expect(desk.asked).toEqual([
    { method: 'browsers.judgeLink', input: { storeId: 3, url } },
    { method: 'browsers.openLink', input: { storeId: 3, url, confirmed: false } },
  ]);
  expect(useLink.getState().question).toBe(null);
});

it('another page is asked about, and nothing is opened before', async () => {
  desk.judgement = judged('other');
  await followLink(3, url);
  expect(opened()).toEqual([]);
  expect(useLink.getState().question).toEqual({ storeId: 3, url, judgement: judged('other') });
  await openInStoreBrowser();
  expect(opened()).toEqual([{ storeId: 3, url, confirmed: true }]);
  expect(useLink.getState().question).toBe(null);
});

it('opens in the person’s own browser when told to, and says why it could not', async () => {
  desk.judgement = judged('other');
  await followLink(3, url);
  desk.error = refused('no-opener');
  await openInOwnBrowser();
  expect(useLink.getState()).toMatchObject({ error: refused('no-opener'), isOpening: false });
  desk.error = null;
  await openInOwnBrowser();
  expect(opened()).toEqual([{ url }, { url }]);
  expect(useLink.getState().question).toBe(null);
});

it('what is no web address is said and not opened', async () => {
  desk.judgement = judged('refused');
  await followLink(3, url);
  expect(opened()).toEqual([]);
  expect(useNotice.getState().notice?.key).toBe('notice.linkRefused');
});

it('asks when the engine, opening it, finds that it leads elsewhere; else says why it did not open', async () => {
  desk.error = refused('other-host');
  await followLink(3, url);
  expect(useLink.getState().question?.url).toBe(url);
  forgetLink();
  desk.error = refused('other-shop');
  await followLink(3, url);
  expect(useBrowserQuestion.getState().question).toMatchObject({ kind: 'trouble', storeId: 3 });
});

it('only the link that was followed last opens', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  desk.held = promise;
  const first = followLink(3, 'https://one.example');
  desk.held = null;
  await followLink(4, 'https://two.example');
  resolve();
  await first;
  expect(opened()).toEqual([{ storeId: 4, url: 'https://two.example', confirmed: false }]);
});
