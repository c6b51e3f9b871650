import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ErrorShape } from '../../base/errors.ts';
import type { PendingView } from '../../contract/models.ts';
import type { StoreAlert, TroubleItem } from '../../contract/outbox.ts';
import { startI18n } from '../i18n/i18n.ts';
import { OutboxView } from './outbox-view.tsx';
import { StoreAlerts } from './store-alerts.tsx';
import { TroubleRow } from './trouble-row.tsx';

const now = 10 * 3_600_000;
const nothing = {
  items: [] as TroubleItem[],
  total: 0,
  alerts: [] as StoreAlert[],
  loaded: true,
  error: null as ErrorShape | null,
};
/** What the outbox holds while a test draws it: a store's own changes are not seen by a drawing without a page. */
const outbox = vi.hoisted(() => ({ state: {} as unknown }));
vi.mock('../conversations/minute.ts', () => ({ useMinute: () => now }));
vi.mock('./outbox-store.ts', () => ({
  useOutbox: (select: (state: unknown) => unknown = (state) => state) => select(outbox.state),
  loadOutbox: () => Promise.resolve(),
}));

beforeAll(() => startI18n('en'));

function draw(node: ReactNode, state: Partial<typeof nothing> = {}): string {
  outbox.state = { ...nothing, ...state };
  return renderToStaticMarkup(<MantineProvider>{node}</MantineProvider>);
}

const item = (phase: PendingView['phase'], rest: Partial<TroubleItem> = {}): TroubleItem => ({
  messageId: 7,
  conversationId: 3,
  storeId: 1,
  storeName: 'Hive Audio',
  site: 'SG',
  platform: 'shopee',
  buyerName: 'Aisyah',
  kind: 'text',
  text: 'We send it today.',
  at: now - 3_600_000,
  error: null,
  pending: {
    phase,
    hold: null,
    since: now,
    attempts: 1,
    triedAt: now,
    nextAt: null,
    behindId: null,
    skipped: false,
    readError: null,
  },
  waiting: 0,
  ...rest,
});

describe('the outbox', () => {
  it('tells apart that it is being read, that it can not be read and that nothing waits', () => {
    expect(draw(<OutboxView />, { loaded: false })).toContain('Reading the outbox');
    const error: ErrorShape = { code: 'closed', message: 'x' };
    expect(draw(<OutboxView />, { loaded: false, error })).toContain('The outbox can&#x27;t be read');
    expect(draw(<OutboxView />)).toContain('Nothing waits for you');
    expect(draw(<OutboxView />, { error })).toContain('This list may be out of date');
  });

  it('counts each kind, and offers Retry all only for what can be tried again', () => {
    const held = draw(<OutboxView />, { items: [item('held')], total: 1 });
    expect(held).toMatch(/data-testid="outbox-held"[^>]*>Held<span[^>]*>1</u);
    expect(held).toMatch(
      /<button[^>]*disabled=""[^>]*data-testid="retry-all"|data-testid="retry-all"[^>]*disabled=""/u,
    );
    const failed = draw(<OutboxView />, { items: [item('failed')], total: 1 });
    expect(failed).not.toMatch(
      /data-testid="retry-all"[^>]*disabled=""|disabled=""[^>]*data-testid="retry-all"/u,
    );
  });
});

describe('a row of the outbox', () => {
  it('says whose message it is, what is wrong, and what can be done', () => {
    const error = { code: 'rejected', message: 'x', details: { reason: 'buyer_blocked' } } as const;
    const markup = draw(<TroubleRow item={item('failed', { error, waiting: 1 })} />);
    for (const words of ['Hive Audio', 'Aisyah', 'We send it today.', 'Not sent: the buyer is blocked'])
      expect(markup).toContain(words);
    expect([...markup.matchAll(/data-act="(\w+)"/gu)].map(([, act]) => act)).toEqual([
      'retry',
      'edit',
      'discard',
      'skip',
      'test',
      'log',
    ]);
  });

  it('names a picture by its kind', () => {
    expect(draw(<TroubleRow item={item('unconfirmed', { kind: 'image', text: null })} />)).toContain('Image');
  });
});

describe('alerts of stores', () => {
  it('are one line each, and only so many', () => {
    const alert = (storeId: number): StoreAlert => ({
      storeId,
      failures: 3,
      since: now,
      error: { code: 'unreachable', message: 'x' },
    });
    const markup = draw(<StoreAlerts />, { alerts: [1, 2, 3, 4, 5].map(alert) });
    expect(markup.split('data-testid="store-alert"')).toHaveLength(4);
    expect(markup).toContain('Messages of 2 more stores fail.');
    expect(markup).toContain('3 messages to');
  });
});
