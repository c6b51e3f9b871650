import { app, Notification, shell } from 'electron';
import type { HostAnswers } from '../../src/hosting/host-answers.ts';
import { keyFileAnswers } from '../../src/hosting/key-answers.ts';
import type { KeyFile } from '../../src/hosting/key-file.ts';
import type { HostLog } from '../../src/hosting/log.ts';
import { SAFE_STORAGE, unwrapSafely, wrapSafely } from './safe-key.ts';
import { budgetWords, hostWords, proxyWords } from './words.ts';

export interface HostAnswerOptions {
  readonly keyFile: KeyFile;
  readonly log: HostLog;
  /** Someone clicked a notification. */
  showWindow(): void;
}

/** Opens a page in the person's browser. Throws for everything but https: other schemes can run programs. */
async function openExternal(address: string): Promise<null> {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') throw new Error('Only https addresses are opened.');
  await shell.openExternal(url.href);
  return null;
}

/** What Electron can give the engine. The data key is wrapped twice, so that the web host opens the same data. */
export function electronAnswers(
  options: HostAnswerOptions,
): Omit<HostAnswers, 'switchSpace' | 'restartEngine'> {
  const byFile = keyFileAnswers(options.keyFile, options.log);
  const show = (title: string, body: string): null => {
    if (!Notification.isSupported()) return null;
    const notification = new Notification({ title, body });
    notification.on('click', () => options.showWindow());
    notification.show();
    return null;
  };
  return {
    async wrapKey(input) {
      const blob = await wrapSafely(input.key);
      const safe = blob === null ? [] : [{ by: SAFE_STORAGE, blob }];
      return [...safe, ...(await byFile.wrapKey(input))];
    },
    async unwrapKey(input) {
      for (const { by, blob } of input.wraps) {
        const key = by === SAFE_STORAGE ? await unwrapSafely(blob) : null;
        if (key !== null) return { key };
      }
      return byFile.unwrapKey(input);
    },
    notify: ({ notice, title, language }) => show(title, hostWords(language).notice[notice]),
    proxiesEnd({ names, days, language }) {
      const [title, body] = proxyWords(language, names, days);
      return show(title, body);
    },
    proxyBudgets({ names, percent, language }) {
      const [title, body] = budgetWords(language, names, percent);
      return show(title, body);
    },
    setBadge({ count }) {
      app.setBadgeCount(count);
      return null;
    },
    openExternal: ({ url }) => openExternal(url),
  };
}
