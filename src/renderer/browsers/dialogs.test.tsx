import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BrowserView, IsolationFinding, LinkJudgement } from '../../contract/browsers.ts';
import { sampleBrowser } from '../../testing/sample-browsers.ts';
import { sampleStore } from '../../testing/sample-proxies.ts';
import { startI18n } from '../i18n/i18n.ts';
import { ClearForm } from './clear-form.tsx';
import { DownloadsFound } from './downloads-list.tsx';
import { Report } from './isolation-report.tsx';
import { LinkForm } from './link-dialog.tsx';
import { SeparateForm } from './separate-form.tsx';
import { ShareForm } from './share-form.tsx';
import { TroubleForm } from './trouble-form.tsx';
import { Failed } from './waiting.tsx';

const now = new Date(2026, 10, 26, 12).getTime();
const { held, from } = vi.hoisted(() => ({
  held: { browsers: {} as Record<string, unknown>, stores: {} as Record<string, unknown> },
  from:
    (read: () => unknown) =>
    (pick: (state: unknown) => unknown = (state) => state) =>
      pick(read()),
}));
vi.mock('../conversations/minute.ts', () => ({ useMinute: () => new Date(2026, 10, 26, 12).getTime() }));
vi.mock('./browsers-store.ts', () => ({ useBrowsers: from(() => held.browsers) }));
vi.mock('../stores/stores-store.ts', () => ({
  useStores: Object.assign(
    from(() => held.stores),
    { getState: () => held.stores },
  ),
}));

beforeAll(() => startI18n('en'));
beforeEach(() => {
  const stores = [
    sampleStore({ id: 1, name: 'Hive' }),
    sampleStore({ id: 2, name: 'Hive', site: 'TH' }),
    sampleStore({ id: 3, name: 'Nusa' }),
    sampleStore({ id: 4, name: 'Mitra', platform: 'lazada' }),
  ];
  held.stores = { stores, byId: new Map(stores.map((store) => [store.id, store])) };
  hold(sampleBrowser({ accountId: 1 }), sampleBrowser({ accountId: 3 }));
});

function hold(...browsers: BrowserView[]): void {
  held.browsers = {
    byStore: new Map(browsers.flatMap((view) => view.storeIds.map((id) => [id, view] as const))),
  };
}
const draw = (node: ReactNode): string =>
  renderToStaticMarkup(<MantineProvider>{node}</MantineProvider>).replaceAll(/<style.*?<\/style>/gsu, '');
const words = (node: ReactNode): string =>
  draw(node)
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

describe('clearing a session', () => {
  it('says what is forgotten, what is kept, and who loses it too', () => {
    hold(sampleBrowser({ accountId: 1, storeIds: [1, 2], state: 'open' }));
    const text = words(<ClearForm storeId={1} />);
    expect(text).toMatch(/^Forgotten The sign-in, cookies.* Kept The store itself .* downloads\./u);
    expect(text).toContain(
      'Its browser is closed first. These stores share the sign-in and lose it too: Hive TH.',
    );
    expect(text).toMatch(/Cancel Clear session$/u);
  });
});

describe('sharing a sign-in', () => {
  it('offers stores of the same platform and says whose proxy counts', () => {
    const text = words(<ShareForm storeId={1} />);
    expect(text).toContain('For stores of one main account only');
    expect(text).toContain('S Hive TH');
    expect(text).toContain('S Nusa SG');
    expect(text).not.toContain('Mitra');
    expect(text).toContain('The proxy of Hive SG is the one that counts');
    expect(draw(<ShareForm storeId={1} />)).toMatch(/<button[^>]*disabled[^>]*type="submit"/u);
  });

  it('says so where there is nobody to share with', () => {
    expect(words(<ShareForm storeId={4} />)).toContain('There is no other store of this platform');
  });

  it('is ended for one store, and the others are named', () => {
    hold(sampleBrowser({ accountId: 1, storeIds: [1, 2] }));
    expect(words(<SeparateForm storeId={1} />)).toBe(
      'Hive SG gets a browser of its own without a sign-in; its proxy stays. Hive TH keep what they share now. Cancel Separate',
    );
  });
});

describe('downloads', () => {
  it('names each with size and time, and the folder', () => {
    const files = [{ name: 'label\u202efdp.exe', size: 1_240_000, at: now - 3_600_000 }];
    const text = words(<DownloadsFound folder="/data/downloads/1" files={files} />);
    expect(text).toBe('labelfdp.exe 1.24 MB 11:00 /data/downloads/1 Copy path');
  });

  it('says where there are none', () => {
    const text = words(<DownloadsFound folder="/data/downloads/1" files={[]} />);
    expect(text).toMatch(/^Nothing has been downloaded yet\..*\/data\/downloads\/1 Copy path$/u);
  });
});

describe('the isolation report', () => {
  const finding = (
    what: IsolationFinding['what'],
    verdict: IsolationFinding['verdict'],
    seen: string | null,
    expected: string | null,
  ): IsolationFinding => ({ what, verdict, seen, expected });

  it('gives a verdict on the whole, and each finding with a shape and a word', () => {
    const findings = [
      finding('ip', 'good', '203.0.113.7', '203.0.113.7'),
      finding('dns', 'unclear', null, null),
      finding('storage', 'good', null, null),
      finding('webrtc', 'bad', '198.51.100.9', null),
    ];
    const node = <Report report={{ storeId: 1, at: now, findings }} />;
    const text = words(node);
    expect(text).toMatch(/^Something is not as it should be\./u);
    expect(text).toContain('IP address Good 203.0.113.7 203.0.113.7');
    expect(text).toContain(
      'Name look-ups Unclear the service has no name to look up not looked up by the browser itself',
    );
    expect(text).toContain('WebRTC Wrong 198.51.100.9 no address');
    expect(draw(node).match(/<svg/gu)).toHaveLength(4);
  });

  it('names the store whose address it is as well', () => {
    const findings = [finding('ip', 'bad', '203.0.113.7', '≠ Nusa Living')];
    expect(words(<Report report={{ storeId: 1, at: now, findings }} />)).toContain(
      'another than Nusa Living&#x27;s',
    );
  });

  it.each([
    [[finding('ip', 'good', 'a', 'a')], 'This store is kept apart as it should be.'],
    [[finding('ip', 'unclear', null, null)], 'Not everything could be looked at.'],
    [[], 'Not everything could be looked at.'],
  ])('never says that all is well without having looked', (findings, verdict) => {
    expect(words(<Report report={{ storeId: 1, at: now, findings }} />)).toContain(verdict);
  });
});

describe('what went wrong', () => {
  it.each([
    ['no-browser', 'no browser of the Chromium family was found. Install Chrome, Edge or Chromium'],
    ['no-display', 'there is no display here. Start Counterdesk where there is a screen'],
    [
      'other-shop',
      'its browser shows another shop. Open the store&#x27;s browser and sign in as this store.',
    ],
    ['proxy-ended', 'the store&#x27;s proxy has expired. Renew the proxy or give the store another one.'],
    ['proxy-refused', 'the proxy does not take the connection.'],
    ['open', 'a browser of theirs is open. Close it first.'],
  ])('%s comes with what to do about it', (reason, sentence) => {
    const error = { code: 'unreachable', message: 'x', details: { reason } } as const;
    expect(words(<Failed error={error} again={() => {}} />)).toContain(`That did not work: ${sentence}`);
    expect(words(<TroubleForm storeId={1} error={error} />)).toContain(sentence);
  });
});

describe('a link that leads elsewhere', () => {
  const judgement: LinkJudgement = { kind: 'other', host: 'xn--shpee-kye.sg', isDeceptive: true };
  const form = (url: string, given: Partial<LinkJudgement> = {}): ReactNode => (
    <LinkForm question={{ storeId: 1, url, judgement: { ...judgement, ...given } }} />
  );

  it('shows the true host in both forms, the whole address, and that it deceives', () => {
    const text = words(form('https://shоpee.sg/login?to=https://shopee.sg'));
    expect(text).toContain('xn--shpee-kye.sg It looks like: shоpee.sg');
    expect(text).toContain('Careful: this looks like another site than it is.');
    expect(text).toContain('https://xn--shpee-kye.sg/login?to=https://shopee.sg');
    expect(text).toMatch(/Cancel Open in your own browser Open in this store&#x27;s browser$/u);
  });

  it('shows letters of one script as they are, and plain ones beside them', () => {
    const text = words(form('https://店铺.example', { host: '店铺.example', isDeceptive: false }));
    expect(text).toContain('店铺.example In plain letters: xn--hxtq42j.example');
  });

  it('is quiet about one that is what it seems', () => {
    const text = words(form('https://example.com/', { host: 'example.com', isDeceptive: false }));
    expect(text).not.toContain('Careful');
    expect(text).not.toContain('plain letters');
  });

  it('gives only https to the person’s own browser', () => {
    const markup = draw(form('http://example.com/', { host: 'example.com' }));
    expect(markup).toContain('Your own browser is given https addresses only.');
    expect(markup).toMatch(/<button[^>]*disabled[^>]*>(?:(?!<\/button>).)*Open in your own browser/u);
  });
});
