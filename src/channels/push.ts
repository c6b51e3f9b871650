/** A platform's push as it arrived; header names in lower case, the body untouched. */
export interface IncomingPush {
  readonly headers: Readonly<Record<string, string>>;
  /** The callback address as registered with the platform. */
  readonly url: string;
  readonly body: string;
}
