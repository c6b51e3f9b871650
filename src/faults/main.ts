import { parseArgs } from 'node:util';
import { count, holdsGoal, type Tally } from './count.ts';
import { readEvidence, writeEvidence } from './records.ts';
import { RunFailure, runFaults } from './run.ts';

const USAGE = `npm run faults -- --sends N --seed S [options]
  --profile P     loose (default) or strict: the sandbox's limits and chat rules
  --kills K       SIGKILLs of engine, host and sandbox in all (default: one for 45 sends)
  --out DIR       leave journal.jsonl and claims.jsonl there
  --recount DIR   count these two files again instead of running
  --json          print nothing but the last line
`;

/** A mass run may wait this long for one message: the longest pause between attempts, and some. Milliseconds. */
const HANG_MS = 300_000;

function whole(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number.`);
  return Number(text);
}

function report(tally: Tally, head: object, tail: object): void {
  const { findings, needless: _, ...figures } = tally;
  for (const { kind, seq, why } of findings.slice(0, 50))
    process.stderr.write(`${kind} ${seq ?? ''}: ${why}\n`);
  process.stdout.write(`${JSON.stringify({ ...head, ...figures, ...tail })}\n`);
  process.exitCode = holdsGoal(tally) ? 0 : 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sends: { type: 'string' },
      seed: { type: 'string' },
      profile: { type: 'string' },
      kills: { type: 'string' },
      out: { type: 'string' },
      recount: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return void process.stdout.write(USAGE);
  if (values.recount !== undefined) return report(count(readEvidence(values.recount)), {}, {});
  const sends = whole('sends', values.sends) ?? 150;
  const { seed = '1', profile = 'loose' } = values;
  if (profile !== 'loose' && profile !== 'strict') throw new Error('--profile must be strict or loose.');
  if (sends < 1) throw new Error('--sends must be 1 or more.');
  const kills = whole('kills', values.kills) ?? Math.ceil(sends / 45);
  const say = (line: string): void => {
    if (values.json !== true) process.stdout.write(`${line}\n`);
  };
  const {
    evidence,
    kills: killed,
    faults,
    uncovered,
    seconds,
  } = await runFaults({
    sends,
    seed,
    profile,
    kills,
    hangMs: HANG_MS,
    out: values.out ?? null,
    say,
  });
  for (const what of uncovered) process.stderr.write(`Not covered here: ${what}\n`);
  if (values.out !== undefined) writeEvidence(values.out, evidence);
  say(`${seconds} s from the first send to rest, seed "${seed}"`);
  report(count(evidence), { profile }, { kills: killed, faults });
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof RunFailure)) process.stderr.write(USAGE);
    process.exitCode = error instanceof RunFailure ? 1 : 2;
  })
  .finally(() => process.exit());
