import { buildIfChanged } from './lib/build.ts';
import { fail } from './lib/project.ts';
import { runNode } from './lib/run-command.ts';

await buildIfChanged().catch((error: unknown) =>
  fail(error instanceof Error ? error.message : String(error)),
);
// Arguments are electron-builder's own: `npm run dist -- --linux --dir`.
process.exitCode = await runNode('electron-builder', [
  '--config',
  'electron-builder.yml',
  ...process.argv.slice(2),
]);
