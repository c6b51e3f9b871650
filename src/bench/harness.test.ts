import { describe, expect, it } from 'vitest';
import { compare, meets, percentile } from './harness.ts';

describe('the benchmark harness', () => {
  it('takes percentiles by nearest rank', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(samples, 0.5), percentile(samples, 0.95), percentile(samples, 0.99)]).toEqual([
      50, 95, 99,
    ]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('reads goals both ways', () => {
    expect([meets('<=1.3', 1.3), meets('<1', 1), meets('>=0.6', 0.59), meets('>2', 3)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(() => meets('about 2', 2)).toThrow('not a goal');
  });

  it('takes the sides in turn and judges the median ratio', async () => {
    const order: string[] = [];
    const line = await compare({
      name: 'x',
      unit: 'ms',
      peer: 'y',
      goal: '<=2',
      samples: 2,
      discard: 1,
      ours: () => (order.push('ours'), 3),
      against: () => (order.push('peer'), 2),
    });
    expect(order.slice(0, 4)).toEqual(['ours', 'peer', 'ours', 'peer']);
    expect(order).toHaveLength(30);
    expect(line).toMatchObject({ n: 10, p50: 3, peerP50: 2, ratio: 1.5, ok: true });
  });
});
