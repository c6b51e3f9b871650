import type { Feature } from '../parts.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** Hands a page the passwords and rotation links it asks for by name; nothing else of the engine lets them out. */
export function createShownSecrets({ read }: Pick<Secrets, 'read'>): Feature<'proxies.secrets'> {
  return {
    handlers: {
      'proxies.secrets': ({ proxyIds }) => ({
        secrets: proxyIds.map((proxyId) => ({
          proxyId,
          password: read(`proxy:${proxyId}:password`) ?? '',
          rotation: read(`proxy:${proxyId}:rotation`) ?? '',
        })),
      }),
    },
  };
}
