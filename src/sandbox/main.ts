import { readCommandLine, USAGE, type CommandLine } from './options.ts';
import { SandboxRefusal } from './refusal.ts';
import { startSandbox, type RunningSandbox } from './sandbox.ts';

function readable({ bundle, adminUrl, journalFile }: RunningSandbox): string {
  const lines = [`The sandbox is up, seed "${bundle.seed ?? ''}".`];
  for (const { platform, api, appKey, shops } of bundle.platforms) {
    lines.push(`  ${platform.padEnd(7)} ${api}  app ${appKey}`);
    for (const { name, site, shopId } of shops) lines.push(`          ${name} ${site}, shop ${shopId}`);
  }
  lines.push(
    `  admin   ${adminUrl}`,
    `  journal ${journalFile}`,
    'Secrets and tokens: --json. Ctrl+C ends it.',
  );
  return `${lines.join('\n')}\n`;
}

function read(): CommandLine | null {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

async function run({ options, json }: CommandLine): Promise<void> {
  const starting = startSandbox(options);
  const end = (): void => {
    void starting.then((sandbox) => sandbox.stop()).then(() => process.exit(0));
  };
  // Before anything is printed: who reads the first line may end us at once.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, end);
  const sandbox = await starting;
  process.stdout.write(json ? `${JSON.stringify(sandbox.bundle)}\n` : readable(sandbox));
}

const commandLine = read();
if (commandLine?.help === true) process.stdout.write(USAGE);
else if (commandLine !== null) {
  run(commandLine).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof SandboxRefusal ? error.exitCode : 1);
  });
}
