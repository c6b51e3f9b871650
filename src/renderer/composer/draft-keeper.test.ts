import { describe, expect, it } from 'vitest';
import type { Draft } from '../../contract/drafts.ts';
import type { Result } from '../../base/result.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { openUnsaved, unsavedOf } from './unsaved.ts';

interface Saved {
  readonly text: string;
  readonly begunAt: number | null;
  readonly answer: (answer: Result<Draft | null>) => void;
}

function bench() {
  const clock = fakeClock();
  const saves: Saved[] = [];
  const make = (conversationId = 7) =>
    createDraftKeeper({
      conversationId,
      clock,
      save: (_id, text, begunAt) => new Promise((answer) => saves.push({ text, begunAt, answer })),
    });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { make, saves, clock, settled };
}

const clientId = '01940000-0000-7000-8000-000000000000';

describe('draft keeper', () => {
  it('saves once for a burst of keys, and forgets the page copy when the engine has it', async () => {
    openUnsaved('/data');
    const { make, saves, clock, settled } = bench();
    const keeper = make();
    keeper.changed('h');
    keeper.changed('he');
    expect(unsavedOf(7)?.text).toBe('he');
    clock.advanceAtOnce(300);
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

  it('saves at most a second behind, however fast one types on', () => {
    openUnsaved('/data');
    const { make, saves, clock } = bench();
    const keeper = make();
    let typed = '';
    for (let key = 0; key < 100; key += 1) {
      typed += 'x';
      keeper.changed(typed);
      clock.advanceAtOnce(100);
      // Ten keys a second: what is saved lacks ten of them at most.
      if (key >= 10) expect(typed.length - (saves.at(-1)?.text.length ?? 0)).toBeLessThanOrEqual(10);
    }
  });

  it('knows when a text was begun, through a reload too, and begins anew after an empty field', async () => {
    openUnsaved('/data');
    const { make, saves, clock, settled } = bench();
    const keeper = make();
    const begun = clock.now();
    keeper.changed('h');
    clock.advanceAtOnce(5_000);
    keeper.changed('he');
    expect(make().begunAt()).toBe(begun);
    keeper.flush();
    expect(saves.at(-1)).toMatchObject({ text: 'he', begunAt: begun });
    keeper.changed('');
    expect(keeper.begunAt()).toBeNull();
    keeper.changed('new');
    expect(keeper.begunAt()).toBe(clock.now());
    for (const save of saves) save.answer({ ok: true, value: null });
    await settled();
    keeper.adopt('stored', 77);
    expect(keeper.begunAt()).toBe(77);
  });

  it('drops what belongs to another data folder', () => {
    openUnsaved('/data');
    bench().make().changed('x');
    openUnsaved('/practice');
    expect(unsavedOf(7)).toBeNull();
  });
});
