import { existsSync } from 'node:fs';
import { say } from './project.ts';
import { runCommand } from './run-command.ts';

/** Whether this machine's packages may be installed by us: Debian, and root. */
export function canInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/** Installs Debian's packages. Whether it worked shows in what they bring. */
export async function installDebian(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  say(`Installing ${packages.join(' and ')} ...`);
  await runCommand('apt-get', ['update', '-qq'], { env });
  // Several test files may want something at once.
  await runCommand('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...install], { env });
}
