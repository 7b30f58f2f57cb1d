import type { DatabaseConnection } from '../../src/config/connection.ts';

/** A libpq URL; the folder of a socket stands in the `host` parameter. */
export function connectionUrl(connection: DatabaseConnection): string {
  const { user, database } = connection;
  const { host = '', port = 5432, password = '' } = connection.hosts[0] ?? {};
  const place = host.startsWith('/') ? `/${database}?host=${encodeURIComponent(host)}&port=${port}` : `${host}:${port}/${database}`;
  return `postgres://${user}:${password}@${place}`;
}
