import { safeStorage } from 'electron';

/** Names these wraps among those of other key stores. */
export const SAFE_STORAGE = 'electron-safe-storage';

/** True where the system itself keeps the key; Electron's Linux fallback hides it under a password that is no secret. */
async function isTrustworthy(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false;
  return safeStorage.isAsyncEncryptionAvailable();
}

/** Wraps base64 text with the system's key store; null where there is none. Answers base64 text. */
export async function wrapSafely(key: string): Promise<string | null> {
  if (!(await isTrustworthy())) return null;
  return (await safeStorage.encryptStringAsync(key)).toString('base64');
}

/** Takes a wrap back; null when this system or person did not make it. */
export async function unwrapSafely(blob: string): Promise<string | null> {
  if (!(await isTrustworthy())) return null;
  try {
    return (await safeStorage.decryptStringAsync(Buffer.from(blob, 'base64'))).result;
  } catch {
    return null;
  }
}
