import { app } from 'electron';
import type { Settings } from '../../src/contract/settings.ts';
import { hostTexts } from './host-texts.ts';

/** The texts shown outside the page, in the language that was set; without a desk to ask, in the system's. */
export function hostWords(language: Settings['language'] = 'system'): ReturnType<typeof hostTexts> {
  return hostTexts(language, app.getPreferredSystemLanguages());
}
