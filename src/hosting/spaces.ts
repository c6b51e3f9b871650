import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Space } from '../contract/system.ts';

const FOLDERS: Readonly<Record<Space, string>> = { real: 'desk', practice: 'practice' };

/** The data folder of a space. Practice and real stores never share a database, a key or a media folder. */
export function spaceDir(root: string, space: Space): string {
  return join(root, FOLDERS[space]);
}

/** What the folders for this person's data and settings depend on; tests give their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** This machine and this person. */
export const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
});

/** DATA when nobody names another: where the system keeps an application's data. Both hosts open the same. */
export function defaultDataRoot({ platform, env, home }: Machine): string {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Counterdesk', 'Data');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Counterdesk');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'counterdesk');
}

/** Where the key file lies: outside DATA, so that a copied data folder opens nothing. */
export function keyFilePath({ platform, env, home }: Machine): string {
  if (platform === 'win32') {
    return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Counterdesk', 'key');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'Counterdesk', 'key');
  return join(absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'counterdesk', 'key');
}

/** The XDG rules say that a relative path counts as none. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
