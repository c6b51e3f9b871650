import { countsInWords } from './lib/counts.ts';
import { fail, say } from './lib/project.ts';
import { STEPS, type Step } from './lib/steps.ts';

const USAGE = `npm test [-- STEP [ARGUMENTS]]   all steps, or one of:\n${STEPS.map(
  (step) => `  ${step.name.padEnd(8)}${step.does}`,
).join('\n')}`;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function runStep(step: Step, extra: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  say(`\n== ${step.name}: ${step.does}`);
  const outcome = await step.run(extra).catch((error: unknown) => String(error));
  if (outcome === 0) return say(`== ${step.name}: passed in ${seconds(startedAt)}`);
  const why = typeof outcome === 'string' ? outcome : `exit code ${outcome}`;
  fail(
    `\nFAILED at "${step.name}" after ${seconds(startedAt)}: ${why}. Again alone: npm test -- ${step.name}`,
  );
}

const [wanted, ...extra] = process.argv.slice(2);
const steps = wanted === undefined ? STEPS : STEPS.filter((step) => step.name === wanted);
if (steps.length === 0) fail(USAGE);
const startedAt = performance.now();
for (const step of steps) await runStep(step, extra);
const counts = countsInWords(steps.map((step) => step.name));
say(
  `\nPASSED: ${steps.map((step) => step.name).join(', ')} in ${seconds(startedAt)}. ${counts.join(', ')}`.trimEnd(),
);
