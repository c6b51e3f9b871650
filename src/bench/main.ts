import { catchUpBench } from './catch-up.ts';
import { forwarderBench } from './forwarder.ts';
import { type Bench, type BenchLine } from './harness.ts';
import { importBench } from './import.ts';
import { ingestBench } from './ingest.ts';
import { openConversationBench } from './open-conversation.ts';
import { recoveryBench } from './recovery.ts';
import { renderingBench } from './rendering.ts';
import { searchBench } from './search.ts';
import { sendCommitBench } from './send-commit.ts';
import { translationBench } from './translation.ts';
import { storesBench } from './stores.ts';

const benches: readonly Bench[] = [
  sendCommitBench,
  ingestBench,
  openConversationBench,
  searchBench,
  recoveryBench,
  catchUpBench,
  importBench,
  forwarderBench,
  storesBench,
  translationBench,
  renderingBench,
];

function print(line: BenchLine, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const verdict = line.ok ? 'ok  ' : 'MISS';
  const figures = `p50 ${line.p50}  p95 ${line.p95}  p99 ${line.p99} ${line.unit}`;
  process.stdout.write(
    `${verdict} ${line.name.padEnd(34)} ${figures}  |  ${line.peer}: ${line.peerP50}  |  ratio ${line.ratio} (goal ${line.goal}, n ${line.n})\n`,
  );
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const json = process.argv.includes('--json');
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No benchmark named ${unknown.join(', ')}. There are: ${benches.map((bench) => bench.name).join(', ')}.\n`,
  );
  process.exit(2);
}
let missed = false;
for (const bench of benches) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  await bench.run((line) => {
    missed ||= !line.ok;
    print(line, json);
  });
}
process.exitCode = missed ? 1 : 0;
