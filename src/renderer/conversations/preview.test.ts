import { describe, expect, it } from 'vitest';
import type { ConversationRow } from '../../contract/models.ts';
import { onItsWay, previewOf } from './preview.ts';

const t = (key: string, values?: Readonly<Record<string, string | number>>): string =>
  [key, ...Object.values(values ?? {})].join(' ');
const unreachable = { code: 'unreachable', message: 'x' } as const;

const row = (
  last: Partial<NonNullable<ConversationRow['last']>>,
  rest: Partial<ConversationRow> = {},
): ConversationRow => ({
  id: 1,
  storeId: 1,
  platform: 'shopee',
  site: 'SG',
  storeName: 'Hive Audio',
  buyerName: 'Aisyah',
  avatarHash: null,
  state: 'needs-reply',
  snoozedUntil: null,
  waitingSince: null,
  unread: 0,
  lastAt: 0,
  last: {
    kind: 'text',
    author: 'here',
    text: 'hello',
    translation: null,
    status: 'sent',
    error: null,
    ...last,
  },
  failed: 0,
  unconfirmed: 0,
  held: 0,
  draft: null,
  match: null,
  ...rest,
});
const preview = (...of: Parameters<typeof row>) => previewOf(row(...of), t, ({ code }) => code);

describe('the second line of a row', () => {
  it('says how far the last own message is', () => {
    expect(preview({}).lead).toBe('preview.you');
    expect(preview({ status: 'queued' }).lead).toBe('preview.you');
    expect(preview({ status: 'queued', error: unreachable }).lead).toBe('preview.waits');
    expect(preview({ status: 'sending' }).lead).toBe('preview.you');
    expect(preview({ status: 'sending', error: unreachable })).toEqual({
      tone: 'plain',
      lead: 'preview.checking',
      text: 'hello',
    });
  });

  it('puts what needs a person first: failed, held, unconfirmed, then the draft', () => {
    const all = { failed: 2, held: 1, unconfirmed: 1, draft: 'begun' };
    expect(preview({ status: 'failed', error: unreachable }, all).text).toBe(
      'preview.failedBecause unreachable',
    );
    expect(preview({}, all).text).toBe('preview.failedCount 2');
    expect(preview({}, { ...all, failed: 0 })).toMatchObject({
      tone: 'waiting',
      text: 'preview.heldCount 1',
    });
    expect(preview({}, { ...all, failed: 0, held: 0 }).text).toBe('preview.unconfirmedCount 1');
    expect(preview({}, { draft: 'begun' })).toEqual({ tone: 'draft', lead: 'preview.draft', text: 'begun' });
  });
});

it('a message of somebody else is on no way of ours', () => {
  expect(onItsWay({ status: null, error: null })).toBeNull();
  expect(onItsWay({ status: 'sent', error: null })).toBeNull();
});
