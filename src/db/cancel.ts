import pg from 'pg';
import { socketPath } from './connect.ts';
import type { Endpoint } from './connect.ts';

const CANCEL_CODE = 80_877_102;
const LIMIT_MS = 2000;

/**
 * Sends a CancelRequest on a connection of its own (PostgreSQL documentation, §55.2.8). Resolves when the server has
 * closed it, which it does after signalling the process: half-closing earlier makes poolers drop the request.
 * @throws the socket's error, or a time-out after 2 s
 */
export function sendCancelRequest(endpoint: Endpoint, key: { readonly processID: number; readonly secretKey: number }): Promise<void> {
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_CODE, 4);
  request.writeInt32BE(key.processID, 8);
  request.writeInt32BE(key.secretKey, 12);
  return new Promise((resolve, reject) => {
    const connection = new pg.Connection({ ssl: endpoint.tls });
    const timer = setTimeout(() => stop(new Error('The cancel request was not taken in time')), LIMIT_MS);
    const stop = (error?: Error): void => {
      clearTimeout(timer);
      connection.stream.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const send = (): void => {
      connection.stream.write(request);
    };
    connection.on('connect', () => (endpoint.tls === false ? send() : connection.requestSsl()));
    connection.on('sslconnect', send);
    connection.on('error', stop);
    connection.on('end', () => stop());
    const path = socketPath(endpoint);
    if (path === undefined) connection.connect(endpoint.port, endpoint.host);
    else connection.connect(path);
  });
}
