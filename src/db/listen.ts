import type { Observe } from '../base/event.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { compile, ident, sql } from '../base/sql.ts';
import { connect } from './connect.ts';
import type { Connected } from './connect.ts';

/** A notification of the database. */
export interface DatabaseNotification {
  readonly channel: string;
  readonly payload: string;
}

/** What listening needs. */
export interface ListenOptions {
  readonly connection: DatabaseConnection;
  readonly channels: readonly string[];
  readonly notified: (notification: DatabaseNotification) => void;
  /** Called whenever listening begins again after a loss: what was sent meanwhile is not known. */
  readonly resumed?: () => void;
  readonly observe: Observe;
}

/** A listening that goes on until it is closed. */
export interface Listening {
  /** Resolves once notifications arrive, or the first try has failed; what is sent from then on is not lost silently. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Listens on a connection of its own and connects again whenever it is lost. Useless behind a transaction pooler (see
 * `Database.pooled`): nothing would arrive. A first connection that fails is tried again too; listening is never
 * what a start fails for.
 */
export function listen(options: ListenOptions): Listening {
  const { connection, channels, notified, resumed, observe } = options;
  let current: Connected | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lossTold = false;
  let pauseMs = FIRST_PAUSE_MS;
  const commands = channels.map((channel) => compile(sql`listen ${ident(channel)}`).text).join('; ');

  const again = (): void => {
    if (closed) return;
    timer = setTimeout(() => void start(true), pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };
  const start = async (isRepeat: boolean): Promise<void> => {
    try {
      const connected = await connect(connection);
      if (closed) {
        await connected.client.end();
        return;
      }
      current = connected;
      connected.client.on('notification', ({ channel, payload }) => notified({ channel, payload: payload ?? '' }));
      connected.client.once('end', again);
      await connected.client.query(commands);
      pauseMs = FIRST_PAUSE_MS;
      lossTold = false;
      if (isRepeat) resumed?.();
    } catch (error) {
      if (!lossTold)
        observe({
          kind: 'db.notice',
          message: `Cannot listen for notifications yet: ${error instanceof Error ? error.message : String(error)}`,
        });
      lossTold = true;
      if (current === undefined || current.connection.stream.destroyed) again();
      else current.connection.stream.destroy();
    }
  };
  return {
    begun: start(false),
    async close() {
      closed = true;
      clearTimeout(timer);
      current?.client.removeListener('end', again);
      await current?.client.end();
    },
  };
}
