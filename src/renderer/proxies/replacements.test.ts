import { expect, it } from 'vitest';
import { sampleProxy } from '../../testing/sample-proxies.ts';
import { replacements } from './replacements.ts';

it('proposes a spare of the same country for each, none twice, and none of those that are replaced', () => {
  const used = [1, 2, 3].map((store) => sampleProxy({ country: 'SG', storeIds: [store] }));
  const unused = sampleProxy({ country: 'SG' });
  const others = [sampleProxy({ country: 'SG' }), sampleProxy({ country: 'MY' })];
  const from = [...used, unused].slice(0, 3);
  const to = replacements(from, [...used, unused, ...others], new Map(), 0);
  expect([...to.values()]).toEqual([unused.id, others[0]!.id]);
  expect(to.has(used[2]!.id)).toBe(false);
  expect(replacements([unused, used[0]!], [...used, unused], new Map(), 0).size).toBe(0);
});
