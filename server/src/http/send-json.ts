import type { ServerResponse } from 'node:http';

export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': type, 'content-length': text.length }).end(text);
}
