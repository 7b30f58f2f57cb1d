import type { DatabaseConnection } from '../../src/config/connection.ts';

/** A libpq URL; the folder of a socket stands in the `host` parameter. */
export function connectionUrl(connection: DatabaseConnection): string {
  const { user, database } = connection;
  const first = connection.hosts[0];
  const { host, port, password = '' } = first ?? { host: 'localhost', port: 5432 };
  const place = host.startsWith('/') ? `/${database}?host=${encodeURIComponent(host)}&port=${port}` : `${host}:${port}/${database}`;
  return `postgres://${user}:${password}@${place}`;
}
