/**
 * Why no tunnel came about, as error codes; `networkFailure` makes reasons of them (`PROXY_NAME`: `proxy-name`).
 * `PROXY_TARGET`: the proxy works and can't reach the platform. `ENETUNREACH`: this computer has no network at all.
 */
export type TunnelCode =
  | 'PROXY_NAME'
  | 'PROXY_REFUSED'
  | 'PROXY_PASSWORD'
  | 'PROXY_TIMEOUT'
  | 'PROXY_RESET'
  | 'PROXY_TLS'
  | 'PROXY_DENIED'
  | 'PROXY_TARGET'
  | 'PROXY_BROKEN'
  | 'ENETUNREACH';

/** An error that says nothing of the proxy but its code: proxy-chain's own words may hold addresses. */
export function tunnelError(code: TunnelCode): Error {
  return Object.assign(new Error(`No tunnel: ${code}`), { code });
}

/** proxy-chain's own answers (its `badGatewayStatusCodes`). */
const byStatus: Readonly<Record<number, TunnelCode>> = {
  504: 'PROXY_TIMEOUT',
  593: 'PROXY_NAME',
  594: 'PROXY_REFUSED',
  595: 'PROXY_RESET',
  596: 'PROXY_RESET',
  597: 'PROXY_PASSWORD',
};

/** What proxy-chain puts into the status line of a 590 or 599: the proxy's own status, an error's code, or SOCKS words. */
const byWords: readonly (readonly [RegExp, TunnelCode])[] = [
  [/^UPSTREAM5/, 'PROXY_TARGET'],
  [/^UPSTREAM4/, 'PROXY_DENIED'],
  [/ENETUNREACH|ENETDOWN|EAI_AGAIN/, 'ENETUNREACH'],
  [/ENOTFOUND/, 'PROXY_NAME'],
  [/ECONNREFUSED/, 'PROXY_REFUSED'],
  [/ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN/, 'PROXY_TIMEOUT'],
  [/ECONNRESET|EPIPE|Socket closed|Closed Early/, 'PROXY_RESET'],
  [/no accepted authentication type|unknown authentication type/, 'PROXY_PASSWORD'],
  [/NotAllowed|RejectedIdent/, 'PROXY_DENIED'],
  // A number SOCKS has no word for: it speaks something else.
  [/rejected connection - \(?undefined/i, 'PROXY_BROKEN'],
  [/rejected connection/i, 'PROXY_TARGET'],
  [/CERT|TLS|SSL|EPROTO|SIGNATURE|ALTNAME/, 'PROXY_TLS'],
];

/** Why the forwarder refused a CONNECT. */
export function refusalCode(status: number, words: string): TunnelCode {
  return byStatus[status] ?? byWords.find(([pattern]) => pattern.test(words))?.[1] ?? 'PROXY_BROKEN';
}
