// Runs a script or a package's command on a Node new enough for it.
// The system's Node is used when it is; otherwise the one that `npm ci` brought as an optional package.
// Plain JavaScript without dependencies: this file alone must run on any Node from 18 on.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary);
  return existsSync(packaged) ? packaged : undefined;
}

function resolveTarget(name) {
  if (/\.(ts|mjs|js)$/.test(name)) return join(root, name);
  const [scope, rest] = name === 'playwright' ? ['@playwright/test', 'playwright'] : [name, name];
  const folder = join(root, 'node_modules', name === 'tsc' ? 'typescript' : scope);
  const manifestPath = join(folder, 'package.json');
  if (!existsSync(manifestPath)) return undefined;
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const path = typeof bin === 'string' ? bin : bin?.[rest];
  return path === undefined ? undefined : join(folder, path);
}

const [name, ...rest] = process.argv.slice(2);
const node = findNode();
if (node === undefined) {
  process.stderr.write(
    `Counterdesk needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}. Install it from your system or nodejs.org and run the command again.\n`,
  );
  process.exit(1);
}
const target = name === undefined ? undefined : resolveTarget(name);
if (target === undefined) {
  process.stderr.write(`Not installed: ${name ?? '(nothing named)'}. Run "npm ci" first.\n`);
  process.exit(1);
}
const child = spawn(node, [target, ...rest], { stdio: 'inherit', cwd: root });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
