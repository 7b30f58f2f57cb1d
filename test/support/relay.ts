import { connect as connectSocket, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { DatabaseConnection } from '../../src/config/connection.ts';

/** TCP to the cluster's socket, so that the way to the database can be cut, plugged and restored. */
export interface Relay {
  readonly connection: DatabaseConnection;
  /** Destroys every connection. */
  cut(): void;
  /** Lets nothing through, and closes nothing. */
  plug(plugged: boolean): void;
  start(): Promise<void>;
  /** Refuses new connections. */
  stop(): Promise<void>;
}

/** Opens a way to the database that the test holds the tap of. */
export async function openRelay(to: DatabaseConnection): Promise<Relay> {
  const target = to.hosts[0];
  if (target === undefined) throw new Error('The cluster has no host');
  const sockets = new Set<Socket>();
  let plugged = false;
  let server: Server | undefined;
  let port = 0;
  const accept = (socket: Socket): void => {
    const onward = target.host.startsWith('/')
      ? connectSocket(`${target.host}/.s.PGSQL.${target.port}`)
      : connectSocket(target.port, target.host);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk) => plugged || other.write(chunk));
      one.on('error', () => undefined);
      one.on('close', () => (sockets.delete(one), other.destroy()));
    }
  };
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer(accept).listen(port, '127.0.0.1', () => {
        const address = server?.address();
        if (typeof address === 'object' && address !== null) port = address.port;
        resolve();
      });
    });
  await start();
  return {
    connection: { ...to, hosts: [{ host: '127.0.0.1', port, password: target.password }], sslmode: 'disable', connectTimeoutMs: 1000 },
    cut: () => sockets.forEach((socket) => socket.destroy()),
    plug: (now) => (plugged = now),
    start,
    stop: () => new Promise((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
  };
}
