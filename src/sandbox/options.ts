import { parseArgs } from 'node:util';
import type { SandboxOptions } from './sandbox.ts';

/** What the command line asks for. */
export interface CommandLine {
  readonly options: SandboxOptions;
  readonly json: boolean;
  readonly help: boolean;
}

/** Shown by `--help` and after a mistake. */
export const USAGE = `npm run sandbox -- [options]
  --port N         admin on port N, the platforms on the next three, their seller
                   centres on the six after (default: free ports)
  --seed S         the world's seed (default: demo)
  --profile P      loose (no limits, default) or strict (limits and chat rules as documented)
  --journal FILE   keep the journal here; an existing one is continued
  --now MS         the moment the generated past leads up to (UTC milliseconds)
  --every MS       a buyer writes by itself about this often (default 8000)
  --quiet          no buyer writes by itself
  --no-answers     no buyer answers
  --settle MS      a send accepted late is promised to show within this time (default 20000)
  --poll MIN-MAX   how often clients are told to read, in milliseconds (default 1500-5000)
  --json           print one line of JSON with addresses, keys, shops and tokens
`;

function whole(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text) || Number(text) > max)
    throw new Error(`--${name} must be a whole number up to ${max}.`);
  return Number(text);
}

function bounds(text: string | undefined): { minMs: number; maxMs: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,8})-(\d{1,8})$/.exec(text);
  const [minMs, maxMs] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || minMs < 1 || maxMs < minMs)
    throw new Error('--poll must be two whole numbers such as 1500-5000.');
  return { minMs, maxMs };
}

/** Reads the command line; throws with a sentence for the person. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      profile: { type: 'string' },
      journal: { type: 'string' },
      now: { type: 'string' },
      every: { type: 'string' },
      quiet: { type: 'boolean' },
      'no-answers': { type: 'boolean' },
      settle: { type: 'string' },
      poll: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const { profile } = values;
  if (profile !== undefined && profile !== 'strict' && profile !== 'loose') {
    throw new Error('--profile must be strict or loose.');
  }
  if (values.seed === '') throw new Error('--seed must not be empty.');
  const port = whole('port', values.port, 65_532);
  const baseAt = whole('now', values.now, 8_640_000_000_000);
  const every = whole('every', values.every, 86_400_000);
  const settleMs = whole('settle', values.settle, 3_600_000);
  const poll = bounds(values.poll);
  const options: SandboxOptions = {
    ...(port === undefined ? {} : { port }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(profile === undefined ? {} : { profile }),
    ...(values.journal === undefined ? {} : { journalFile: values.journal }),
    ...(baseAt === undefined ? {} : { baseAt }),
    ...(settleMs === undefined ? {} : { settleMs }),
    ...(poll === undefined ? {} : { poll }),
    writeEveryMs: values.quiet === true ? null : (every ?? 8000),
    answers: values['no-answers'] !== true,
  };
  return { options, json: values.json === true, help: values.help === true };
}
