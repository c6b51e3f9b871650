import { buildIfChanged } from './build.ts';
import { findElectron } from './electron-binary.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { say } from './project.ts';
import { runNode } from './run-command.ts';

/** One part of `npm test`. `run` answers an exit code, or throws with a sentence. */
export interface Step {
  readonly name: string;
  readonly does: string;
  run(extra: readonly string[]): Promise<number>;
}

const tool =
  (name: string, ...args: string[]) =>
  (extra: readonly string[]): Promise<number> =>
    runNode(name, [...args, ...extra]);

/** Where the runners leave their counts for the closing line. */
export const UNIT_REPORT = 'test-results/unit.json';
export const E2E_REPORT = 'test-results/e2e.json';

/** In this order: what fails fastest comes first, and what needs the build comes after it. */
export const STEPS: readonly Step[] = [
  { name: 'format', does: 'Prettier', run: tool('prettier', '--check', '--log-level', 'warn', '.') },
  {
    name: 'lint',
    does: 'oxlint with types, import layers and cycles',
    run: tool('oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
  },
  { name: 'types', does: 'TypeScript, layer by layer', run: tool('tsc', '-b') },
  { name: 'dead', does: 'knip: exports and packages nobody uses', run: tool('knip', '--no-progress') },
  {
    name: 'build',
    does: 'page, engine and hosts',
    run: async () => {
      await buildIfChanged();
      return 0;
    },
  },
  {
    name: 'unit',
    does: 'Vitest: unit and integration tests',
    run: (extra) => {
      if (findElectron() === undefined) {
        say("Electron's program is not on this machine: its host is tested on the stand-in only.");
      }
      const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
      return runNode('vitest', ['run', ...reports, ...extra]);
    },
  },
  {
    name: 'e2e',
    does: 'Playwright: the whole of it in a real browser',
    run: async (extra) => {
      await ensureBrowser();
      return runNode('playwright', ['test', ...extra]);
    },
  },
];
