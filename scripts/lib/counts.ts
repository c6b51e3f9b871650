import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './project.ts';
import { E2E_REPORT, UNIT_REPORT } from './steps.ts';

const unitReport = z.object({ numPassedTests: z.number(), numPendingTests: z.number() });
const e2eReport = z.object({ stats: z.object({ expected: z.number(), skipped: z.number() }) });

function read(path: string): unknown {
  const full = join(ROOT, path);
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')) : undefined;
}

function words(passed: number, skipped: number, what: string): string {
  return `${passed} ${what} tests${skipped === 0 ? '' : ` (${skipped} skipped)`}`;
}

/** What the runners themselves counted, in words; only of the steps that ran. */
export function countsInWords(steps: readonly string[]): string[] {
  const found: string[] = [];
  const unit = unitReport.safeParse(read(UNIT_REPORT));
  if (steps.includes('unit') && unit.success) {
    found.push(words(unit.data.numPassedTests, unit.data.numPendingTests, 'unit and integration'));
  }
  const e2e = e2eReport.safeParse(read(E2E_REPORT));
  if (steps.includes('e2e') && e2e.success) {
    found.push(words(e2e.data.stats.expected, e2e.data.stats.skipped, 'end-to-end'));
  }
  return found;
}
