import type { DatabaseConnection } from '../config/connection.ts';
import { connect } from './connect.ts';
import type { Connected, Endpoint } from './connect.ts';
import { runExchange } from './exchange.ts';
import type { ExchangeResult } from './exchange.ts';
import type { ParameterValue } from './parameter-text.ts';
import { sendCancelRequest } from './cancel.ts';
import { createPreparedNames } from './prepared-names.ts';
import type { Step } from './wire.ts';

/** A statement as a session takes it. */
export interface SessionStep {
  readonly text: string;
  readonly values: readonly ParameterValue[];
  readonly formats: readonly number[];
  /** True: its rows are the result of the pipeline. */
  readonly wanted: boolean;
  /** True: worth a prepared statement, because it has been run before. */
  readonly keep: boolean;
}

/** What a new session learned about itself (sql/session/facts.sql), by column name. */
export type SessionFacts = Readonly<Record<string, string | null>>;

/** One connection that is open: the pool's currency. Used by one borrower at a time. */
export interface Session {
  readonly openedAt: number;
  readonly facts: SessionFacts;
  /** True behind a transaction pooler: the server's process is not ours to name statements in, or to cancel. */
  readonly pooled: boolean;
  readonly lost: boolean;
  /** True once it has answered a borrower: a failure may be older than the statement that meets it. */
  readonly reused: boolean;
  /** True when no transaction is open: safe to hand on. */
  readonly atRest: boolean;
  /** Runs all steps in one round trip and, unless BEGIN was among them, one implicit transaction. */
  run(steps: readonly SessionStep[]): Promise<ExchangeResult>;
  /** Asks the server on another socket to stop what it is doing; resolves when it has been told. */
  cancel(): Promise<void>;
  onLost(listener: () => void): void;
  /** Says goodbye when at rest, else cuts the wire. */
  close(): void;
}

/**
 * Connects and learns the session's facts.
 * @throws the error of the connection attempt
 */
export async function openSession(connection: DatabaseConnection, factsSql: string): Promise<Session> {
  const connected = await connect(connection);
  const ask = { name: '', parse: factsSql, values: [], formats: [], wanted: true };
  const { fields, rows } = await runExchange(connected, { steps: [ask], dropped: [] });
  const facts = Object.fromEntries(fields.map((field, i) => [field.name, rows[0]?.[i]?.toString() ?? null]));
  return createSession(connected, facts);
}

function createSession(connected: Connected, facts: SessionFacts): Session {
  const { client, connection, endpoint } = connected;
  const key = backendKey(client);
  const pooled = key === undefined || facts['pid'] !== String(key.processID);
  const names = createPreparedNames();
  let lost = false;
  let reused = false;
  client.once('end', () => {
    lost = true;
  });
  return {
    openedAt: performance.now(),
    facts,
    pooled,
    get lost() {
      return lost;
    },
    get reused() {
      return reused;
    },
    get atRest() {
      return client.getTransactionStatus() === 'I';
    },
    async run(steps) {
      const named: readonly Step[] = steps.map((step) => ({ ...step, ...(pooled || !step.keep ? unnamed(step) : names.take(step.text)) }));
      let completed = (): number => 0;
      try {
        const result = await runExchange(connected, { steps: named, dropped: names.dropped() }, (exchange) => {
          completed = () => exchange.completed;
        });
        reused = true;
        return result;
      } catch (error) {
        names.doubt(named.slice(completed()));
        throw error;
      }
    },
    cancel: () => (pooled ? Promise.resolve() : cancelBackend(endpoint, key)),
    onLost(listener) {
      if (lost) listener();
      else client.once('end', listener);
    },
    close() {
      if (lost) return;
      if (client.getTransactionStatus() === 'I') client.end().catch(() => undefined);
      else connection.stream.destroy();
    },
  };
}

function unnamed(step: SessionStep): Pick<Step, 'name' | 'parse'> {
  return { name: '', parse: step.text };
}

/** What identifies the server's process to itself; pg keeps it without declaring it. */
interface BackendKey {
  readonly processID: number;
  readonly secretKey: number;
}

function backendKey(client: object): BackendKey | undefined {
  if (!('processID' in client) || !('secretKey' in client)) return undefined;
  const { processID, secretKey } = client;
  return typeof processID === 'number' && typeof secretKey === 'number' ? { processID, secretKey } : undefined;
}

async function cancelBackend(endpoint: Endpoint, key: BackendKey | undefined): Promise<void> {
  if (key !== undefined) await sendCancelRequest(endpoint, key);
}
