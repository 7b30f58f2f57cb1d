import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Loopback in both families; the second is left out where the machine has no IPv6. */
const LOOPBACK = ['127.0.0.1', '::1'] as const;

/** An address that is taken, told as a person would. */
export class PortTakenError extends Error {}

/**
 * Listens on a host, or on loopback in IPv4 and IPv6 with one port. Servers are made by `create`, one per address.
 * @returns the servers that listen and their port
 * @throws PortTakenError with what to do, when another program has the port
 */
export async function listenOn(
  create: () => Server,
  { host, port, setting }: { readonly host: string | undefined; readonly port: number; readonly setting: string },
): Promise<{ readonly servers: readonly Server[]; readonly port: number }> {
  const first = await listenAt(create(), { host: host ?? LOOPBACK[0], port, setting });
  const address = first.address();
  const chosen = isAddress(address) ? address.port : port;
  if (host !== undefined) return { servers: [first], port: chosen };
  try {
    return {
      servers: [first, await listenAt(create(), { host: LOOPBACK[1], port: chosen, setting })],
      port: chosen,
    };
  } catch (error) {
    if (error instanceof PortTakenError && port !== 0) {
      first.close();
      throw error;
    }
    return { servers: [first], port: chosen };
  }
}

function listenAt(server: Server, at: { readonly host: string; readonly port: number; readonly setting: string }): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new PortTakenError(
            `Port ${at.port} on ${at.host} is taken by another program: stop it, or choose another with ${at.setting}=${at.port + 10}`,
            { cause: error },
          ),
        );
      } else reject(error);
    });
    server.listen({ host: at.host, port: at.port }, () => resolve(server));
  });
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
