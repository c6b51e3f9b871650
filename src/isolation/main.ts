import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { holds } from './count.ts';
import { canGoInside, goInside, isInside } from './machine.ts';
import { runIsolation } from './run.ts';

const USAGE = `npm run isolation -- [options]
  --stores N   stores, each with a browser and a proxy of its own (2 to 100, default 5)
  --json       print nothing but the last line
`;

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args,
    options: { stores: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const stores = Number(values.stores ?? '5');
  if (!Number.isInteger(stores) || stores < 2 || stores > 100) {
    process.stderr.write(`--stores must be a whole number from 2 to 100.\n${USAGE}`);
    return 2;
  }
  // In a network that leads nowhere, whatever would go out is counted.
  if (!isInside() && canGoInside()) return goInside(fileURLToPath(import.meta.url), args);
  const say = (text: string): void => {
    if (values.json !== true) process.stderr.write(`${text}\n`);
  };
  const { tally, bleeds, notes } = await runIsolation(stores, say);
  for (const note of notes) process.stderr.write(`${note}\n`);
  for (const bleed of bleeds.slice(0, 50)) process.stderr.write(`BLEED ${JSON.stringify(bleed)}\n`);
  process.stdout.write(`${JSON.stringify(tally)}\n`);
  return holds(tally) ? 0 : 1;
}

process.exitCode = await main();
