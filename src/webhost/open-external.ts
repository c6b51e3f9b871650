import { spawn } from 'node:child_process';

/** The command that opens an address in the person's own browser. */
function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return platform === 'darwin' ? ['open'] : ['xdg-open'];
}

/** Opens an https address outside Counterdesk; rejects for any other, and when the system has no way to. */
export function openExternal(url: string): Promise<null> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'https:') return Promise.reject(new Error('Only https addresses are opened.'));
  const [command, ...before] = opener(process.platform);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, parsed.href], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve(null);
    });
  });
}
