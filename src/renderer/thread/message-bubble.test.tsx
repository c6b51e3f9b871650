import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { MessageView, PendingView } from '../../contract/models.ts';
import { startI18n } from '../i18n/i18n.ts';
import { alone, type PendingPlace } from '../outbox/pending.ts';
import { MessageBubble } from './message-bubble.tsx';

const now = 10 * 3_600_000;
vi.mock('../conversations/minute.ts', () => ({ useMinute: () => now }));

beforeAll(() => startI18n('en'));

const pending = (phase: PendingView['phase'], rest: Partial<PendingView> = {}): PendingView => ({
  phase,
  hold: null,
  since: now - 7_800_000,
  attempts: 1,
  triedAt: now - 10_000,
  nextAt: null,
  behindId: null,
  skipped: false,
  readError: null,
  ...rest,
});

function bubble(message: Partial<MessageView>, place: PendingPlace = alone): string {
  const whole: MessageView = {
    id: 7,
    conversationId: 1,
    cursor: 'c7',
    author: 'here',
    kind: 'text',
    at: now,
    text: 'hello',
    media: null,
    meant: null,
    translation: null,
    card: null,
    typeLabel: null,
    status: 'queued',
    pending: null,
    error: null,
    clientId: null,
    recalled: false,
    notice: null,
    ...message,
  };
  return renderToStaticMarkup(
    <MantineProvider>
      <MessageBubble
        message={whole}
        joined={false}
        place={place}
        platform="shopee"
        buyerName="Aisyah"
        storeName="Hive Audio"
        storeId={1}
      />
    </MantineProvider>,
  );
}

/** The text of the one element that says how far the message is. */
function statusOf(markup: string): string {
  const found = [...markup.matchAll(/data-testid="message-status">(.*?)<\/span>/gu)];
  expect(found).toHaveLength(1);
  return (found[0]?.[1] ?? '').replace(/<[^>]*>/gu, '').trim();
}

const acts = (markup: string): string[] =>
  [...markup.matchAll(/data-act="(\w+)"/gu)].map(([, act = '']) => act);

describe('an own message', () => {
  it('is quiet while it is on its way, and once it is sent', () => {
    for (const phase of ['queued', 'sending'] as const) {
      const markup = bubble({ pending: pending(phase) });
      expect(statusOf(markup)).toBe('Sending');
      expect(acts(markup)).toEqual([]);
    }
    expect(statusOf(bubble({ status: 'sent' }))).toBe('Sent');
  });

  it('says that it is being looked for, with the verdict behind a menu', () => {
    const markup = bubble({ status: 'sending', pending: pending('checking') });
    expect(statusOf(markup)).toBe('Checking whether it arrived…');
    expect(acts(markup)).toEqual([]);
    expect(markup).toContain('aria-label="It arrived, send again, discard…"');
  });

  it('says after a while why it is still being looked for, with the verdict in the open', () => {
    const markup = bubble({ status: 'sending', pending: pending('checking', { triedAt: now - 120_000 }) });
    expect(statusOf(markup)).toBe('Still checking whether it arrived');
    expect(acts(markup)).toEqual(['arrived', 'sendAgain', 'discard', 'log']);
    expect(markup).toContain('tries to read the conversation back');
  });

  it('says why it is held and asks', () => {
    const waited = bubble({ pending: pending('held', { hold: 'waited' }) });
    expect(statusOf(waited)).toBe('Waited 2 h 10: send it now?');
    expect(acts(waited)).toEqual(['send', 'edit', 'discard']);
    expect(statusOf(bubble({ pending: pending('held', { hold: 'overtaken' }) }))).toBe(
      'The conversation went on while this waited',
    );
    const recovered = bubble({ pending: pending('held', { hold: 'recovered' }) });
    expect(statusOf(recovered)).toBe('Restored: it is not known whether this was sent');
    expect(acts(recovered)).toEqual(['arrived', 'send', 'edit', 'discard']);
  });

  it('says why it failed, and who waits behind it', () => {
    const error = { code: 'rejected', message: 'x', details: { reason: 'sensitive_content' } } as const;
    const markup = bubble(
      { status: 'failed', pending: pending('failed'), error },
      { behindPhase: null, waiting: 2 },
    );
    expect(statusOf(markup)).toBe('Not sent: the platform refuses its wording');
    expect(acts(markup)).toEqual(['retry', 'edit', 'discard', 'skip', 'test', 'log']);
    expect(markup).toContain('2 messages wait behind this one.');
  });

  it('says that nobody can know, and why', () => {
    const markup = bubble({ status: 'unconfirmed', pending: pending('unconfirmed') });
    expect(statusOf(markup)).toBe('May not have arrived');
    expect(acts(markup)).toEqual(['arrived', 'sendAgain', 'discard', 'log']);
    expect(markup).toContain('reading the conversation back could not tell');
  });

  it('names what it waits for and leads there', () => {
    const markup = bubble(
      { pending: pending('queued', { behindId: 3 }) },
      { behindPhase: 'failed', waiting: 0 },
    );
    expect(statusOf(markup)).toBe('Waiting: an earlier message was not sent');
    expect(markup).toContain('Show it');
    expect(acts(markup)).toEqual(['edit', 'discard']);
  });

  it('says so in Chinese as well', async () => {
    await i18next.changeLanguage('zh-Hans');
    expect(statusOf(bubble({ pending: pending('held', { hold: 'waited' }) }))).toContain('现在发送吗');
    await i18next.changeLanguage('en');
  });
});

describe('a text', () => {
  it('has its links to follow, without an address that could be followed in any other way', () => {
    const markup = bubble({ author: 'buyer', text: 'see https://shopee.sg/a <b>' });
    expect(markup).toMatch(
      /see <bdi role="link" tabindex="0"[^>]*>https:\/\/shopee.sg\/a<\/bdi> &lt;b&gt;/iu,
    );
    expect(markup).not.toContain('href');
  });
});
