import { AppError } from '../base/error.ts';

/** What a failed statement means for the one who runs it. */
export interface Failure {
  readonly error: AppError;
  /**
   * `connection`: it is gone, or must go. `statement`: what the connection remembers of the statement no longer fits.
   * `conflict`: the same statement may work a moment later. `schema`: the catalogue is out of date.
   */
  readonly cause: 'connection' | 'statement' | 'conflict' | 'schema' | 'other';
}

/** SQLSTATE of a server that is up and has no connection left. */
export const TOO_MANY_CONNECTIONS = '53300';

const RETRY_SOON = { 'Retry-After': '1' };

/** Values of the request that the database refused: parsing ahead of SQL should have caught them. */
const BAD_VALUES = new Set([
  '22P02',
  '22003',
  '22007',
  '22008',
  '2201B',
  '2201E',
  '2201F',
  '2201G',
  '2201W',
  '2201X',
  '22001',
  '22021',
  '22023',
  '22P05',
  '22026',
  '22030',
  '22032',
  '2203A',
  '22P03',
  '22000',
]);
/** PostGIS and GEOS say "internal error" of geometries and coordinates that the request brought (measured on 3.3, GEOS 3.11). */
const BAD_GEOMETRY = [
  /parse error - invalid geometry/i,
  /transform: .*(coordinate|outside|tolerance|latitude|longitude)/i,
  /could not parse proj string|unable to find srid|cannot find srid/i,
  /mixed srid/i,
  /TopologyException/,
  /IllegalArgumentException/,
  /non-closed rings/i,
  /nesting too deep/i,
  /geometry requires more points|must have (at least|odd|even)/i,
  /ST_TileEnvelope:/,
  /invalid (geojson|gml|kml|wkb|ewkt|hexwkb)|unexpected character|can not mix dimensionality|invalid endian/i,
  /antipodal|coordinate values were coerced|infinite coordinate/i,
];
const SCHEMA_DRIFT = new Set(['42P01', '42703', '3F000', '42883', '42704']);
/** Socket errors of Node and of TLS; `Connection terminated` has no code at all. */
const CONNECTION_CODES =
  /^(ECONN|EPIPE$|ETIMEDOUT$|ENOTFOUND$|EAI_AGAIN$|EHOST|ENET|ENOENT$|EACCES$|EPROTO$|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_|ERR_STREAM|ERR_SOCKET)/;

/** SQLSTATE of an error that PostgreSQL sent; undefined for everything else, Node's `EPIPE` included. */
export function sqlstate(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error)) return undefined;
  return 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** True when the error means that the database cannot be reached or is not up: trying again makes sense. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlstate(error);
  if (state !== undefined) return /^(08|57P0[1-5]|53)/.test(state) || state === '25P03' || state === '25P04';
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code !== '') return CONNECTION_CODES.test(code);
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  return /^(Connection terminated|timeout expired|Client (was closed|has encountered))/.test(error.message);
}

/**
 * The meaning of a failed read, by SQLSTATE. `elapsedMs` against `timeoutMs` tells the time limit from an administrator's
 * cancel, which share a code. Clients never see the database's text: it stays in `cause`.
 */
export function failureOf(error: unknown, limits: { readonly elapsedMs: number; readonly timeoutMs: number }): Failure {
  if (error instanceof AppError) return { error, cause: 'other' };
  if (isConnectionLoss(error)) {
    return { cause: 'connection', error: appError('DATABASE_UNAVAILABLE', 'The database is not reachable at the moment', error) };
  }
  const state = sqlstate(error) ?? '';
  const message = error instanceof Error ? error.message : '';
  if (BAD_VALUES.has(state)) return other('INVALID_PARAMETER', 'A value of the request is not one that the database can use', error);
  if (SCHEMA_DRIFT.has(state)) return schemaDrift(state, error);
  if (state.startsWith('54') || (state === '42601' && /memory exhausted/.test(message))) {
    return other('FILTER_TOO_COMPLEX', 'The request is too complex for the database', error);
  }
  switch (state) {
    case 'XX000':
      return postgisFailure(message, error);
    case '42501':
      // The privilege was there when the catalogue was read: it is out of date.
      return { ...other('NOT_FOUND', 'There is no such resource', error), cause: 'schema' };
    case '22012':
      // Filters never divide by zero: a view does.
      return other('INTERNAL', 'The statement could not be run', error);
    case '0A000':
      if (/cached plan/.test(message) || isCachedPlanRoutine(error))
        return { ...other('INTERNAL', 'The statement could not be run', error), cause: 'statement' };
      return other('INTERNAL', 'The statement could not be run', error);
    case '26000':
    case '42P05':
      return { ...other('INTERNAL', 'The statement could not be run', error), cause: 'statement' };
    case '40001':
    case '40P01':
      return { cause: 'conflict', error: appError('OVERLOADED', 'The database is busy with conflicting work', error) };
    case '55P03':
      return other('OVERLOADED', 'The data are locked at the moment', error);
    case '57014':
      if (limits.elapsedMs >= limits.timeoutMs * 0.9)
        return other('TIMEOUT', `The database took longer than ${limits.timeoutMs / 1000} s`, error);
      return other('OVERLOADED', 'The statement was cancelled by the administrator of the database', error);
    default:
      return other('INTERNAL', 'The statement could not be run', error);
  }
}

function postgisFailure(message: string, error: unknown): Failure {
  if (BAD_GEOMETRY.some((known) => known.test(message))) {
    return other('INVALID_PARAMETER', 'A geometry or coordinate of the request cannot be used by the database', error);
  }
  return other('INTERNAL', 'The statement could not be run', error);
}

function schemaDrift(state: string, error: unknown): Failure {
  const gone = state === '42P01' || state === '3F000' || state === '42703';
  const answer = gone
    ? other('NOT_FOUND', 'The resource is no longer what it was when the catalogue was read', error)
    : other('INTERNAL', 'The statement could not be run', error);
  return { ...answer, cause: 'schema' };
}

/** `cached plan must not change result type` is translated; the routine that raises it is not. */
function isCachedPlanRoutine(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'routine' in error && error.routine === 'RevalidateCachedQuery';
}

function other(code: ConstructorParameters<typeof AppError>[0], detail: string, cause: unknown): Failure {
  return { cause: 'other', error: appError(code, detail, cause) };
}

function appError(code: ConstructorParameters<typeof AppError>[0], detail: string, cause: unknown): AppError {
  const retry = code === 'OVERLOADED' || code === 'DATABASE_UNAVAILABLE';
  return new AppError(code, { detail, cause, ...(retry ? { headers: RETRY_SOON } : {}) });
}
