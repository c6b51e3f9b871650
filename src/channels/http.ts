/** One request through a store's exit. Bodies are text, or bytes for an upload; `headers` in lower case. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
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

/** A file fetched by its address: an image of a message, for the media folder. */
export interface HttpDownload {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface DownloadLimits {
  /** A longer body is refused with `rejected`, reason `too_large`, and read no further. */
  readonly maxBytes: number;
  /** Whole exchange, milliseconds. */
  readonly timeoutMs: number;
}

/**
 * The only way a channel reaches the network. Throws `CodedError` (`unreachable`, `ambiguous`);
 * any HTTP status is an answer, not an error.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  /**
   * GETs bytes by an http(s) address; redirects are not followed. `unreachable` when the network fails,
   * `rejected` with reason `too_large` past the cap, `invalid` when the address is none.
   */
  download(url: string, limits: DownloadLimits): Promise<HttpDownload>;
}
