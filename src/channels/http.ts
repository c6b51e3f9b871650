/** One request through a store's exit. Bodies are text; `headers` in lower case. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whole exchange, milliseconds. */
  readonly timeoutMs?: number;
  /**
   * A send: a failure after the request was written is `ambiguous`, before it `unreachable`.
   * A read: every network failure is `unreachable`.
   */
  readonly effect: 'read' | 'send';
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * The only way a channel reaches the network. Throws `CodedError` (`unreachable`, `ambiguous`);
 * any HTTP status is an answer, not an error.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
}
