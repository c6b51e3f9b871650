import { create } from 'zustand';
import type { Result } from '../../base/result.ts';
import { settingsSchema, type Settings } from '../../contract/settings.ts';
import { client } from '../client.ts';
import { createShownSettings } from './shown-settings.ts';

/**
 * Where language and theme are remembered by the page, so that the next start shows them before the engine answers.
 * `public/first-paint.js` reads it too.
 */
const REMEMBERED = 'counterdesk.appearance';

/** Defaults, with what the page remembers of an earlier start. */
function remembered(): Settings {
  try {
    return settingsSchema.parse(JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}'));
  } catch {
    return settingsSchema.parse({});
  }
}

function remember({ language, theme }: Settings): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ language, theme }));
  } catch {
    // Storage switched off: the next start shows the system's language and theme for a moment.
  }
}

interface SettingsState {
  /** Defaults, and what the page remembered, until the engine has answered. */
  readonly settings: Settings;
  /** The engine has answered at least once. */
  readonly loaded: boolean;
}

const shown = createShownSettings(remembered());

/** The settings of the open data folder, kept up to date. */
export const useSettings = create<SettingsState>(() => ({
  settings: shown.current(),
  loaded: false,
}));

function take(answer: Result<Settings>): void {
  if (!answer.ok) {
    // A connection that was lost comes back, and then the settings are read again; else the defaults must do.
    if (answer.error.code !== 'closed') useSettings.setState({ loaded: true });
    return;
  }
  remember(answer.value);
  shown.stored(answer.value);
  useSettings.setState({ settings: shown.current(), loaded: true });
}

async function load(): Promise<void> {
  take(await client.call('settings.get', {}));
}

/** Reads the settings and keeps reading them when they change. Call once. */
export function startSettings(): void {
  client.onFeed('settings', () => void load());
  void load();
}

/** Shows the change at once and stores it; what the engine refuses is taken back. */
export async function changeSettings(change: Partial<Settings>): Promise<Result<Settings>> {
  const end = shown.change(change);
  useSettings.setState({ settings: shown.current() });
  const answer = await client.call('settings.set', change);
  end();
  if (answer.ok) take(answer);
  else useSettings.setState({ settings: shown.current() });
  return answer;
}
