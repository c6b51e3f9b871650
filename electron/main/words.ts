import { app } from 'electron';
import type { Settings } from '../../src/contract/settings.ts';
import { hostTexts } from './host-texts.ts';

/** The texts shown outside the page, in the language that was set; without a desk to ask, in the system's. */
export function hostWords(language: Settings['language'] = 'system'): ReturnType<typeof hostTexts> {
  return hostTexts(language, app.getPreferredSystemLanguages());
}

/** So many names fit into a notification; the rest are counted. */
const MAX_NAMES = 5;

/** Title and text of a notification of proxies that end within so many days, or have ended (0). */
export function proxyWords(
  language: Settings['language'],
  names: readonly string[],
  days: number,
): readonly [title: string, body: string] {
  const { ended, lastDay, within } = hostWords(language).proxies;
  const title = days === 0 ? ended : days === 1 ? lastDay : within.replace('{{days}}', String(days));
  return [title, listed(language, names)];
}

/** Title and text of a notification of proxies that have used so much of their month's budget. */
export function budgetWords(
  language: Settings['language'],
  names: readonly string[],
  percent: 80 | 100,
): readonly [title: string, body: string] {
  const { budgetSpent, budgetNear } = hostWords(language).proxies;
  return [percent === 100 ? budgetSpent : budgetNear, listed(language, names)];
}

function listed(language: Settings['language'], names: readonly string[]): string {
  const { more } = hostWords(language).proxies;
  const first = names.slice(0, MAX_NAMES).join(', ');
  const rest = names.length - MAX_NAMES;
  return rest > 0 ? more.replace('{{names}}', () => first).replace('{{count}}', String(rest)) : first;
}
