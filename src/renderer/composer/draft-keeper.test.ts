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
  const reads: ((answer: Result<Draft | null>) => void)[] = [];
  const make = (conversationId = 7) =>
    createDraftKeeper({
      conversationId,
      clock,
      read: () => new Promise((answer) => reads.push(answer)),
      save: (_id, text, begunAt) => new Promise((answer) => saves.push({ text, begunAt, answer })),
    });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const found = async (text: string, begunAt = 0): Promise<void> => {
    const value = text === '' ? null : { conversationId: 7, text, savedAt: begunAt, begunAt };
    reads.shift()?.({ ok: true, value });
    await settled();
  };
  /** A keeper that knows the stored draft. */
  const opened = async (stored = '') => {
    const keeper = make();
    keeper.open();
    await found(stored);
    return keeper;
  };
  return { make, opened, saves, reads, found, clock, settled };
}

const clientId = '01940000-0000-7000-8000-000000000000';

describe('draft keeper', () => {
  it('saves once for a burst of keys, and forgets the page copy when the engine has it', async () => {
    openUnsaved('/data');
    const { opened, saves, clock, settled } = bench();
    const keeper = await opened();
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
    const { make, opened, saves, settled } = bench();
    const keeper = await opened();
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
    const { opened, saves, settled } = bench();
    const keeper = await opened();
    keeper.changed('a');
    keeper.flush();
    keeper.changed('ab');
    saves[0]?.answer({ ok: true, value: null });
    await settled();
    expect(unsavedOf(7)?.text).toBe('ab');
  });

  it('remembers a send without an answer until it is settled', async () => {
    openUnsaved('/data');
    const { make, opened, saves, settled } = bench();
    const keeper = await opened();
    keeper.changed('hello');
    keeper.setAttempt({ text: 'hello', clientId });
    keeper.flush();
    saves[0]?.answer({ ok: true, value: null });
    await settled();
    expect(make().attempt()).toEqual({ text: 'hello', clientId });
    keeper.setAttempt(null);
    expect(unsavedOf(7)).toBeNull();
  });

  it('saves at most a second behind, however fast one types on', async () => {
    openUnsaved('/data');
    const { opened, saves, clock } = bench();
    const keeper = await opened();
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
    const { make, opened, saves, found, clock, settled } = bench();
    const keeper = await opened();
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
    const other = make(8);
    other.open();
    await found('stored', 77);
    expect(other.begunAt()).toBe(77);
  });

  it('drops what belongs to another data folder', () => {
    openUnsaved('/data');
    bench().make().changed('x');
    openUnsaved('/practice');
    expect(unsavedOf(7)).toBeNull();
  });
});

describe('a draft the page does not know yet', () => {
  it('is kept above what was typed before it came, through leaving and a reload', async () => {
    openUnsaved('/data');
    const { make, saves, found, clock, settled } = bench();
    const keeper = make();
    keeper.open();
    keeper.changed('new');
    keeper.flush();
    clock.advanceAtOnce(1_000);
    // Nothing is saved over what nobody has seen.
    expect(saves).toEqual([]);
    await found('stored', 5);
    expect(keeper.text()).toBe('new');
    expect(keeper.earlier()).toBe('stored');
    expect(saves.at(-1)).toMatchObject({ text: 'stored\nnew', begunAt: 5 });
    const reloaded = make();
    expect(reloaded.text()).toBe('new');
    expect(reloaded.earlier()).toBe('stored');
    for (const save of saves) save.answer({ ok: true, value: null });
    await settled();
    expect(unsavedOf(7)).toBeNull();
  });

  it('stays when what was typed is sent, until it is inserted or dropped', async () => {
    openUnsaved('/data');
    const { make, saves, found } = bench();
    const keeper = make();
    keeper.open();
    keeper.changed('new');
    await found('stored', 5);
    keeper.changed('');
    keeper.flush();
    expect(saves.at(-1)?.text).toBe('stored');
    keeper.changed('more');
    keeper.insertEarlier();
    expect(keeper.text()).toBe('stored\nmore');
    expect(keeper.begunAt()).toBe(5);
    expect(keeper.earlier()).toBeNull();
  });

  it('dropped, only the text is saved', async () => {
    openUnsaved('/data');
    const { make, saves, found } = bench();
    const keeper = make();
    keeper.open();
    keeper.changed('new');
    await found('stored');
    keeper.dropEarlier();
    keeper.flush();
    expect(keeper.earlier()).toBeNull();
    expect(saves.at(-1)?.text).toBe('new');
  });

  it('is asked for again while nobody answers', async () => {
    openUnsaved('/data');
    const { make, saves, reads, found, settled } = bench();
    const keeper = make();
    keeper.open();
    reads.shift()?.({ ok: false, error: { code: 'closed', message: '' } });
    await settled();
    keeper.changed('new');
    keeper.flush();
    expect(saves).toEqual([]);
    await found('stored');
    expect(saves.at(-1)?.text).toBe('stored\nnew');
  });
});

describe('coming back', () => {
  it('typing on before the answer is no reason to offer what was there', async () => {
    openUnsaved('/data');
    const { opened, saves, found } = bench();
    const keeper = await opened('stored');
    keeper.open();
    expect(keeper.text()).toBe('stored');
    keeper.changed('stored and more');
    await found('stored');
    expect(keeper.earlier()).toBeNull();
    keeper.flush();
    expect(saves.at(-1)?.text).toBe('stored and more');
  });

  it('what another window wrote meanwhile is shown, or offered to who typed on', async () => {
    openUnsaved('/data');
    const { opened, found } = bench();
    const keeper = await opened('stored');
    keeper.open();
    await found('elsewhere');
    expect(keeper.text()).toBe('elsewhere');
    keeper.open();
    keeper.changed('elsewhere, on');
    await found('again elsewhere');
    expect(keeper.text()).toBe('elsewhere, on');
    expect(keeper.earlier()).toBe('again elsewhere');
  });

  it('a feed never writes over a field in use', async () => {
    openUnsaved('/data');
    const { opened, found } = bench();
    const keeper = await opened('stored');
    void keeper.read(false, () => false);
    await found('elsewhere');
    expect(keeper.text()).toBe('stored');
  });
});
