import type { StoreContext } from '../channels/channel.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../channels/http.ts';

/** A network port that answers every request with the same text and keeps what it was asked. */
export interface CannedHttp extends HttpClient {
  readonly requests: HttpRequest[];
}

export function cannedHttp(text: string, status = 200, headers: HttpResponse['headers'] = {}): CannedHttp {
  const requests: HttpRequest[] = [];
  return {
    requests,
    request: (request) => {
      requests.push(request);
      return Promise.resolve({ status, headers, text });
    },
    download: () => Promise.resolve({ status, headers, bytes: new TextEncoder().encode(text) }),
  };
}

/** A store of invented credentials over a network port; the platform's time stands still at 1700000000000. */
export function cannedStore(http: HttpClient, change: Partial<StoreContext> = {}): StoreContext {
  return {
    app: {
      api: 'https://api.example',
      auth: 'https://auth.example',
      gateways: {},
      appKey: '1000001',
      appSecret: 'app-secret',
      pushSecret: 'push-secret',
    },
    shopId: '880012345',
    site: 'SG',
    cipher: 'ROW_cipher',
    sellerId: '100094063',
    token: {
      accessToken: 'access-token',
      refreshToken: 'refresh-token',
      accessTokenExpiresAt: 1_700_000_100_000,
      refreshTokenExpiresAt: 1_800_000_000_000,
    },
    http,
    now: () => 1_700_000_000_000,
    ...change,
  };
}
