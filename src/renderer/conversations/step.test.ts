import { describe, expect, it } from 'vitest';
import type { ConversationRow, ConversationState } from '../../contract/models.ts';
import { nextNeedingReply, stepFrom } from './step.ts';

const row = (id: number, state: ConversationState = 'needs-reply'): ConversationRow => ({
  id,
  storeId: 1,
  platform: 'shopee',
  site: 'SG',
  storeName: 'Store',
  buyerName: `Buyer ${id}`,
  avatarHash: null,
  state,
  snoozedUntil: null,
  waitingSince: null,
  unread: 0,
  lastAt: 0,
  last: null,
  failed: 0,
  unconfirmed: 0,
  held: 0,
  draft: null,
  match: null,
});
const rows = [row(1), row(2, 'waiting'), row(3)];

describe('stepFrom', () => {
  it('moves by one and stops at the ends', () => {
    expect(stepFrom(rows, 1, 0, 1)?.id).toBe(2);
    expect(stepFrom(rows, 3, 2, 1)).toBeNull();
    expect(stepFrom(rows, 1, 0, -1)).toBeNull();
  });

  it('starts at the ends when nothing is selected', () => {
    expect(stepFrom(rows, null, -1, 1)?.id).toBe(1);
    expect(stepFrom(rows, null, -1, -1)?.id).toBe(3);
    expect(stepFrom([], null, -1, 1)).toBeNull();
  });

  it('goes on from where the selected one stood when it has left the list', () => {
    expect(stepFrom(rows, 9, 1, 1)?.id).toBe(2);
    expect(stepFrom(rows, 9, 1, -1)?.id).toBe(1);
    expect(stepFrom(rows, 9, 3, 1)?.id).toBe(3);
    expect(stepFrom(rows, 9, 0, -1)).toBeNull();
  });
});

describe('nextNeedingReply', () => {
  it('takes the next below, then from the top, never the same one', () => {
    expect(nextNeedingReply(rows, 1, 0)?.id).toBe(3);
    expect(nextNeedingReply(rows, 3, 2)?.id).toBe(1);
    expect(nextNeedingReply([row(1)], 1, 0)).toBeNull();
  });

  it('goes on from its place when the answered one has left the list', () => {
    expect(nextNeedingReply([row(4), row(5), row(6)], 1, 1)?.id).toBe(5);
    expect(nextNeedingReply([row(4), row(5)], 1, 2)?.id).toBe(4);
  });
});
