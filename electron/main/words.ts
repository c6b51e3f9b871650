import { app } from 'electron';
import en from '../../resources/locales/en/host.json' with { type: 'json' };
import zhHans from '../../resources/locales/zh-Hans/host.json' with { type: 'json' };

/** The few texts that Electron shows outside the page, in the first of the system's languages that we have. */
export function hostWords(): typeof en {
  const known = app.getPreferredSystemLanguages().find((tag) => /^(en|zh)\b/i.test(tag));
  return known?.toLowerCase().startsWith('zh') === true ? zhHans : en;
}

/** So many names fit into a notification; the rest are counted. */
const MAX_NAMES = 5;

/** Title and text of a notification of proxies that end within so many days, or have ended (0). */
export function proxyWords(names: readonly string[], days: number): readonly [title: string, body: string] {
  const { ended, lastDay, within, more } = hostWords().proxies;
  const title = days === 0 ? ended : days === 1 ? lastDay : within.replace('{{days}}', String(days));
  const listed = names.slice(0, MAX_NAMES).join(', ');
  const rest = names.length - MAX_NAMES;
  return [
    title,
    rest > 0 ? more.replace('{{names}}', () => listed).replace('{{count}}', String(rest)) : listed,
  ];
}
