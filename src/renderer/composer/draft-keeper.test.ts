import { describe, expect, it } from 'vitest';
import type { Draft } from '../../contract/drafts.ts';
import type { Result } from '../../base/result.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { openUnsaved, unsavedOf } from './unsaved.ts';

interface Saved {
  readonly text: string;
  readonly answer: (answer: Result<Draft | null>) => void;
}

function bench() {
  const timers: (() => void)[] = [];
  const saves: Saved[] = [];
  const make = (conversationId = 7) =>
    createDraftKeeper({
      conversationId,
      clock: {
        now: () => 0,
        after: (_ms, task) => {
          timers.push(task);
          return () => void timers.splice(timers.indexOf(task) >>> 0, 1);
        },
      },
      save: (_id, text) => new Promise((answer) => saves.push({ text, answer })),
    });
  const runTimers = (): void => {
    for (const task of timers.splice(0)) task();
  };
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { make, saves, runTimers, settled };
}

const clientId = '01940000-0000-7000-8000-000000000000';

describe('draft keeper', () => {
  it('saves once for a burst of keys, and forgets the page copy when the engine has it', async () => {
    openUnsaved('/data');
    const { make, saves, runTimers, settled } = bench();
    const keeper = make();
    keeper.changed('h');
    keeper.changed('he');
    expect(unsavedOf(7)?.text).toBe('he');
    runTimers();
    expect(saves.map(({ text }) => text)).toEqual(['he']);
    saves[0]?.answer({ ok: true, value: null });
    await settled();
    expect(unsavedOf(7)).toBeNull();
  });

  it('keeps the text when the engine is away, and takes it up again', async () => {
    openUnsaved('/data');
    const { make, saves, settled } = bench();
    const keeper = make();
    keeper.changed('typed');
    keeper.flush();
    saves[0]?.answer({ ok: false, error: { code: 'closed', message: '' } });
    await settled();
    const next = make();
    expect(next.text()).toBe('typed');
    next.flush();
    expect(saves.map(({ text }) => text)).toEqual(['typed', 'typed']);
  });

  it('does not take an older save for the newest text', async () => {
    openUnsaved('/data');
    const { make, saves, settled } = bench();
    const keeper = make();
    keeper.changed('a');
    keeper.flush();
    keeper.changed('ab');
    saves[0]?.answer({ ok: true, value: null });
    await settled();
    expect(unsavedOf(7)?.text).toBe('ab');
  });

  it('remembers a send without an answer until it is settled', async () => {
    openUnsaved('/data');
    const { make, saves, settled } = bench();
    const keeper = make();
    keeper.changed('hello');
    keeper.setAttempt({ text: 'hello', clientId });
    keeper.flush();
    saves[0]?.answer({ ok: true, value: null });
    await settled();
    expect(make().attempt()).toEqual({ text: 'hello', clientId });
    keeper.setAttempt(null);
    expect(unsavedOf(7)).toBeNull();
  });

  it('drops what belongs to another data folder', () => {
    openUnsaved('/data');
    bench().make().changed('x');
    openUnsaved('/practice');
    expect(unsavedOf(7)).toBeNull();
  });
});
