import { fail } from './lib/project.ts';
import { STEPS } from './lib/steps.ts';

for (const step of STEPS.filter(({ name }) => name === 'lint')) {
  if ((await step.run(process.argv.slice(2))) !== 0) fail('The linter found something.');
}
