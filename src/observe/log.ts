import { destination, pino } from 'pino';
import type { LevelWithSilent } from 'pino';
import type { Observation, Observe } from '../base/event.ts';
import { AppError, errorKind } from '../base/error.ts';
import { never } from '../base/never.ts';

/** How the log is written. */
export interface LogOptions {
  readonly level: LevelWithSilent;
  /** Standard error unless given. */
  readonly write?: (line: string) => void;
}

/** A log line before it is written. */
interface Entry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that subscribes to observations: JSON lines on standard error, one for each request. */
export function createLog(options: LogOptions): Observe {
  const { level, write } = options;
  const lines = write === undefined ? destination({ dest: 2, sync: true }) : { write };
  const base = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  const formatters = { level: (label: string) => ({ level: label }) };
  const log = pino({ ...base, formatters }, lines);
  return (observation) => {
    const entry = entryOf(observation);
    if (log.isLevelEnabled(entry.level)) log[entry.level]({ kind: observation.kind, ...entry.fields }, entry.message);
  };
}

function entryOf(observation: Observation): Entry {
  switch (observation.kind) {
    case 'http.request':
      return requestEntry(observation);
    case 'http.error':
      return {
        level: isOurFault(observation.error) ? 'error' : 'debug',
        message: errorText(observation.error),
        fields: { requestId: observation.requestId, ...errorFields(observation.error) },
      };
    case 'http.shed':
      return { level: 'warn', message: `request refused: ${observation.reason}`, fields: { reason: observation.reason } };
    case 'tile.rendered':
      return { level: 'debug', message: `${observation.what} tile of ${observation.collection}`, fields: rest(observation) };
    case 'catalog.loaded':
    case 'catalog.changed':
    case 'catalog.failed':
    case 'catalog.warning':
      return catalogEntry(observation);
    default:
      return databaseEntry(observation);
  }
}

function requestEntry(request: Observation & { readonly kind: 'http.request' }): Entry {
  const level = request.status >= 500 ? 'error' : request.aborted ? 'warn' : 'info';
  return {
    level,
    message: `${request.method} ${request.target} ${request.status}`,
    fields: { ...rest(request), durationMs: Math.round(request.durationMs * 10) / 10 },
  };
}

function catalogEntry(observation: Observation & { readonly kind: `catalog.${string}` }): Entry {
  switch (observation.kind) {
    case 'catalog.loaded':
      return {
        level: 'info',
        message: `catalogue: ${observation.collections} collections, ${observation.left} relations left out`,
        fields: rest(observation),
      };
    case 'catalog.changed':
      return { level: 'info', message: 'catalogue changed', fields: rest(observation) };
    case 'catalog.failed':
      return {
        level: 'error',
        message: `catalogue not refreshed: ${errorText(observation.error)}`,
        fields: errorFields(observation.error),
      };
    case 'catalog.warning':
      return { level: 'warn', message: observation.message, fields: {} };
    default:
      return never(observation);
  }
}

function databaseEntry(observation: Observation & { readonly kind: `db.${string}` }): Entry {
  switch (observation.kind) {
    case 'db.query':
      return { level: 'debug', message: `statement ${observation.name}`, fields: rest(observation) };
    case 'db.cancel':
      return {
        level: observation.result === 'cancelled' ? 'debug' : 'warn',
        message: `statement of a client that left: ${observation.result}`,
        fields: { result: observation.result },
      };
    case 'db.lost':
      return { level: 'error', message: `database lost: ${errorText(observation.error)}`, fields: errorFields(observation.error) };
    case 'db.back':
      return { level: 'info', message: 'database is back', fields: {} };
    case 'db.drift':
      return { level: 'warn', message: 'the database differs from the catalogue', fields: { sqlstate: observation.sqlstate } };
    case 'db.notice':
      return { level: 'warn', message: observation.message, fields: {} };
    default:
      return never(observation);
  }
}

/** An error that the caller cannot mend. */
function isOurFault(error: unknown): boolean {
  return !(error instanceof AppError) || errorKind(error.code).status >= 500;
}

function rest(observation: Observation): Readonly<Record<string, unknown>> {
  const { kind: _kind, ...fields } = observation;
  return fields;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Causes outermost first, so that the database's own words stand beside what the client was told. */
function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return {};
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    const code = 'code' in cause ? `${String(cause.code)} ` : '';
    causes.push(`${code}${cause.message}`);
  }
  const code = error instanceof AppError ? { code: error.code } : {};
  const stack = isOurFault(error) ? { stack: error.stack } : {};
  return { ...code, ...(causes.length > 0 ? { causes } : {}), ...stack };
}
