import { expect, it } from 'vitest';
import { count, holdsGoal } from './count.ts';
import { runFaults } from './run.ts';

// Host, engine and sandbox as processes of their own, started again a dozen times: minutes on a busy machine.
const LIMIT_MS = 900_000;
/** Nothing at all happening for this long is a hang; the failure then says where everything stood. */
const HANG_MS = 240_000;

it(
  'a short run of faults and kills loses, doubles and reorders nothing',
  async () => {
    const said: string[] = [];
    const { evidence, kills, faults } = await runFaults({
      sends: 150,
      seed: 'short',
      profile: 'loose',
      kills: 12,
      hangMs: HANG_MS,
      out: null,
      say: (line) => said.push(line),
    });
    const tally = count(evidence);
    expect({ findings: tally.findings, said }).toEqual({ findings: [], said });
    expect(tally).toMatchObject({ sends: 150, lost: 0, doubled: 0, reordered: 0 });
    expect(holdsGoal(tally)).toBe(true);
    const sent = (what: RegExp): number =>
      evidence.claims.filter(({ text, status }) => what.test(text) && status === 'sent').length;
    expect([sent(/^image /) > 0, sent(/^(order|product|voucher) \d+ in /) > 0]).toEqual([true, true]);
    // That something was done to it at all.
    expect(kills).toBeGreaterThan(5);
    expect(faults).toBeGreaterThan(15);
  },
  LIMIT_MS,
);
