import type { ServerResponse } from 'node:http';

/** The time an answer bears: Node's own would be the machine's. */
export function setDate(response: ServerResponse, at: number): void {
  response.setHeader('date', new Date(at).toUTCString());
}

/** Sends a whole answer. */
export function sendBody(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': bytes.length });
  response.end(bytes);
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, status: number, json: unknown): void {
  sendBody(response, status, 'application/json; charset=utf-8', JSON.stringify(json));
}

/** Sends the page of HTML that a broken server sends. */
export function sendServerError(response: ServerResponse): void {
  sendBody(response, 500, 'text/html', '<html><body><h1>500 Internal Server Error</h1></body></html>');
}

/** Promises the whole body, sends half, cuts the line. */
export function sendHalf(response: ServerResponse, json: unknown): void {
  const bytes = Buffer.from(JSON.stringify(json), 'utf8');
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
