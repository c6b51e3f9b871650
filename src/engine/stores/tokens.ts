import { z } from 'zod';
import type { TokenSet } from '../../channels/channel.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** A store's tokens and when they were obtained, by which their lifetime is known. */
export interface StoredTokens extends TokenSet {
  readonly obtainedAt: number;
}

const schema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  accessTokenExpiresAt: z.number(),
  refreshTokenExpiresAt: z.number(),
  obtainedAt: z.number(),
});

/** Tokens and app secrets, sealed. All writes are part of the transaction they are called in. */
export interface StoreSecrets {
  /** Null when there are none, or the key to them is lost. */
  readTokens(storeId: number): StoredTokens | null;
  writeTokens(storeId: number, tokens: StoredTokens): void;
  readApp(appId: number): { readonly appSecret: string; readonly pushSecret: string } | null;
  writeApp(appId: number, secrets: { readonly appSecret: string; readonly pushSecret: string }): void;
}

/** The names under which stores' secrets are kept: `store:ID:tokens`, `app:ID:secret`, `app:ID:push-secret`. */
export function createStoreSecrets(secrets: Secrets, hide: (secret: string) => void): StoreSecrets {
  const hideTokens = (tokens: StoredTokens): StoredTokens => {
    hide(tokens.accessToken);
    hide(tokens.refreshToken);
    return tokens;
  };
  return {
    readTokens: (storeId) => {
      const text = secrets.read(`store:${storeId}:tokens`);
      const tokens = text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
      return tokens === undefined ? null : hideTokens(tokens);
    },
    writeTokens: (storeId, tokens) => {
      secrets.write(`store:${storeId}:tokens`, JSON.stringify(schema.parse(hideTokens(tokens))));
    },
    readApp: (appId) => {
      const appSecret = secrets.read(`app:${appId}:secret`);
      const pushSecret = secrets.read(`app:${appId}:push-secret`);
      return appSecret === null || pushSecret === null ? null : { appSecret, pushSecret };
    },
    writeApp: (appId, { appSecret, pushSecret }) => {
      secrets.write(`app:${appId}:secret`, appSecret);
      secrets.write(`app:${appId}:push-secret`, pushSecret);
    },
  };
}
