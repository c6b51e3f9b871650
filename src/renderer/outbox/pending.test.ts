import { describe, expect, it } from 'vitest';
import type { MessageView, PendingView } from '../../contract/models.ts';
import { actsFor, isEditable, pendingPlaces } from './pending.ts';

const pending = (phase: PendingView['phase'], rest: Partial<PendingView> = {}): PendingView => ({
  phase,
  hold: null,
  since: 0,
  attempts: 1,
  triedAt: 0,
  nextAt: null,
  behindId: null,
  skipped: false,
  readError: null,
  ...rest,
});

describe('actsFor', () => {
  it('offers nothing while a message is on its way', () => {
    expect(actsFor(pending('sending'), 'text', 3)).toEqual([]);
  });

  it('offers Skip only where somebody waits behind it and was not let go yet', () => {
    expect(actsFor(pending('failed'), 'text', 0)).toEqual(['retry', 'edit', 'discard', 'test', 'log']);
    expect(actsFor(pending('failed'), 'text', 2)).toContain('skip');
    expect(actsFor(pending('failed', { skipped: true }), 'text', 2)).not.toContain('skip');
    expect(actsFor(pending('unconfirmed'), 'text', 1)).toEqual([
      'arrived',
      'sendAgain',
      'discard',
      'skip',
      'log',
    ]);
    expect(actsFor(pending('held', { hold: 'waited' }), 'text', 1)).toEqual([
      'send',
      'edit',
      'discard',
      'skip',
    ]);
  });

  it('never offers to send again what may have arrived without asking', () => {
    for (const phase of ['checking', 'unconfirmed'] as const) {
      expect(actsFor(pending(phase), 'text', 0)).not.toContain('retry');
      expect(actsFor(pending(phase), 'text', 0)[0]).toBe('arrived');
      expect(isEditable(phase, 'text')).toBe(false);
    }
    expect(actsFor(pending('checking'), 'text', 0)).toEqual(['arrived', 'sendAgain', 'discard', 'log']);
    expect(actsFor(pending('held', { hold: 'recovered' }), 'text', 0)[0]).toBe('arrived');
  });

  it('lets only texts be written anew', () => {
    expect(actsFor(pending('queued'), 'text', 0)).toEqual(['edit', 'discard']);
    expect(actsFor(pending('queued'), 'image', 0)).toEqual(['discard']);
    expect(actsFor(pending('failed'), 'order', 0)).not.toContain('edit');
  });
});

describe('pendingPlaces', () => {
  const message = (id: number, waits: PendingView | null): MessageView => ({
    id,
    conversationId: 1,
    cursor: `c${id}`,
    author: 'here',
    kind: 'text',
    at: id,
    text: 'text',
    media: null,
    meant: null,
    translation: null,
    card: null,
    typeLabel: null,
    status: waits === null ? 'sent' : 'queued',
    pending: waits,
    error: null,
    clientId: null,
    recalled: false,
    notice: null,
  });

  it('counts who waits behind a message and says what they wait for', () => {
    const places = pendingPlaces([
      message(1, null),
      message(2, pending('failed')),
      message(3, pending('queued', { behindId: 2 })),
      message(4, pending('queued', { behindId: 2 })),
    ]);
    expect(places.get(1)).toBeUndefined();
    expect(places.get(2)).toEqual({ behindPhase: null, waiting: 2 });
    expect(places.get(4)).toEqual({ behindPhase: 'failed', waiting: 0 });
  });

  it('knows nothing of a message that is not drawn', () => {
    expect(pendingPlaces([message(3, pending('queued', { behindId: 2 }))]).get(3)).toEqual({
      behindPhase: null,
      waiting: 0,
    });
  });
});
