import { beforeEach, describe, expect, it } from 'vitest';
import {
  choose,
  chooseNone,
  isNarrowed,
  narrowBoard,
  resetBoard,
  showAllProxies,
  sortBoard,
  useBoard,
} from './board-store.ts';

beforeEach(() => resetBoard());

describe('how the board is looked at', () => {
  it('is narrowed bit by bit, and shows all again', () => {
    expect(isNarrowed(useBoard.getState().filter)).toBe(false);
    narrowBoard({ text: 'sg' });
    narrowBoard({ kind: 'spare' });
    expect(useBoard.getState().filter).toMatchObject({ text: 'sg', kind: 'spare', tag: null });
    expect(isNarrowed(useBoard.getState().filter)).toBe(true);
    showAllProxies();
    expect(isNarrowed(useBoard.getState().filter)).toBe(false);
  });

  it('is ordered by a heading, and the other way round by the same one again', () => {
    sortBoard('latency');
    expect(useBoard.getState().sort).toEqual({ by: 'latency', down: false });
    sortBoard('latency');
    expect(useBoard.getState().sort).toEqual({ by: 'latency', down: true });
    sortBoard('name');
    expect(useBoard.getState().sort).toEqual({ by: 'name', down: false });
  });

  it('keeps what is chosen while it is narrowed', () => {
    choose([1, 2, 3], true);
    choose([2], false);
    narrowBoard({ kind: 'spare' });
    expect([...useBoard.getState().chosen]).toEqual([1, 3]);
    chooseNone();
    expect(useBoard.getState().chosen.size).toBe(0);
  });
});
