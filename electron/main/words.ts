import { app } from 'electron';
import en from '../../resources/locales/en/host.json' with { type: 'json' };
import zhHans from '../../resources/locales/zh-Hans/host.json' with { type: 'json' };

/** The few texts that Electron shows outside the page, in the first of the system's languages that we have. */
export function hostWords(): typeof en {
  const known = app.getPreferredSystemLanguages().find((tag) => /^(en|zh)\b/i.test(tag));
  return known?.toLowerCase().startsWith('zh') === true ? zhHans : en;
}
