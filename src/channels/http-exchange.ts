import { type Dispatcher, errors } from 'undici';

/** How an exchange ended. `started`: the request was about to be written or was, so the other side may have it. */
export type ExchangeResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
    }
  | { readonly ok: false; readonly error: Error; readonly started: boolean };

/**
 * One request and its answer on undici's dispatch level, below its `request`: only here can be seen whether a request
 * was handed to an open (and, through TLS or a proxy, fully negotiated) connection. That line divides "not sent" from
 * "perhaps sent".
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<ExchangeResult>;
  readonly #settle: (result: ExchangeResult) => void;
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #received = 0;
  #settled = false;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: Record<string, string> = {};

  constructor(maxBytes: number) {
    const { promise, resolve } = Promise.withResolvers<ExchangeResult>();
    this.result = promise;
    this.#settle = resolve;
    this.#maxBytes = maxBytes;
  }

  /** Ends the exchange. One that has not started is never written later either. */
  cancel(error: Error): void {
    this.#fail(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) {
      controller.abort(new errors.RequestAbortedError());
      return;
    }
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    // 1xx answers only announce the real one.
    if (status < 200) return;
    this.#status = status;
    this.#headers = lowerCase(headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#received += chunk.length;
    if (this.#received > this.#maxBytes) this.cancel(new errors.ResponseExceededMaxSizeError());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#settled = true;
    const bytes = Buffer.concat(this.#chunks);
    this.#settle({ ok: true, status: this.#status, headers: this.#headers, bytes });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#chunks.length = 0;
    this.#settle({ ok: false, error, started: this.#controller !== null });
  }
}

function lowerCase(headers: Record<string, unknown>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') result[name.toLowerCase()] = value;
    else if (Array.isArray(value)) result[name.toLowerCase()] = value.map(String).join(', ');
  }
  return result;
}
