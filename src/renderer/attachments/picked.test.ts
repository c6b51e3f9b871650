import { beforeEach, expect, it } from 'vitest';
import { addPicked, openPicked, pickedOf, removePicked, updatePicked, type Picked } from './picked.ts';

const picked = (clientId: string): Picked => ({
  clientId,
  name: 'a.png',
  hash: null,
  pickedAt: 5,
  state: 'uploading',
});
const first = '01940000-0000-7000-8000-000000000001';
const second = '01940000-0000-7000-8000-000000000002';

beforeEach(() => openPicked(`/data-${Math.random()}`));

it('keeps each conversation’s pictures apart and in order', () => {
  addPicked(7, picked(first));
  addPicked(8, picked(second));
  addPicked(7, picked(second));
  expect(pickedOf(7).map(({ clientId }) => clientId)).toEqual([first, second]);
  expect(pickedOf(8)).toHaveLength(1);
  updatePicked(7, first, { state: 'ready', hash: 'h' });
  expect(pickedOf(7)[0]).toMatchObject({ state: 'ready', hash: 'h' });
  removePicked(7, first);
  removePicked(7, first);
  expect(pickedOf(7).map(({ clientId }) => clientId)).toEqual([second]);
});

it('drops what belongs to another data folder', () => {
  addPicked(7, picked(first));
  openPicked('/practice');
  expect(pickedOf(7)).toEqual([]);
});
