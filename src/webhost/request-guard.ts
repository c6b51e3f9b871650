import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was meant for us: our own Host (a name pointed at 127.0.0.1 by someone else is not), and, where
 * the browser names the Origin, our own page. Holds for every path and for the socket.
 */
export function isOurs(request: IncomingMessage, port: number): boolean {
  // Browsers leave the usual port out.
  const own = port === 80 ? '127.0.0.1' : `127.0.0.1:${port}`;
  const { host, origin } = request.headers;
  return host === own && (origin === undefined || origin === `http://${own}`);
}

/** The secret of `Authorization: Bearer …`; empty when there is none. */
export function bearer(request: IncomingMessage): string {
  return /^Bearer ([\w.~+/=-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** How much more than allowed is read and dropped, so that the sender gets to see our answer. */
const PATIENCE = 8;

/** Reads a body up to `limit` bytes; null when it is longer or breaks off. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length <= limit) parts.push(part);
      else parts.length = 0;
      if (length > limit * PATIENCE) return null;
    }
  } catch {
    return null;
  }
  return length > limit ? null : Buffer.concat(parts);
}
