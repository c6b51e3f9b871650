import type { HostAnswers } from './host-answers.ts';
import { KEY_FILE_STORE, type KeyFile } from './key-file.ts';
import type { HostLog } from './log.ts';

/** Answers the engine's questions about its data key with the key file alone. */
export function keyFileAnswers(keyFile: KeyFile, log: HostLog): Pick<HostAnswers, 'wrapKey' | 'unwrapKey'> {
  return {
    wrapKey: async ({ key }) => [
      { by: KEY_FILE_STORE, blob: await keyFile.wrap(Buffer.from(key, 'base64')) },
    ],
    unwrapKey: async ({ wraps }) => {
      for (const { by, blob } of wraps) {
        if (by !== KEY_FILE_STORE) continue;
        const unwrapped = await keyFile.unwrap(blob);
        if (unwrapped.state === 'ok') return { key: Buffer.from(unwrapped.key).toString('base64') };
        log.warn('data key can not be unwrapped', { state: unwrapped.state });
      }
      return null;
    },
  };
}
