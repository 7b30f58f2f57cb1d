import { AppError } from './error.ts';

/** A closed interval of time; an absent end is open. Instants are RFC 3339 text in UTC with the precision given. */
export interface Interval {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2}))?$/;
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/;

/**
 * Parses a `datetime` parameter: an instant, a closed or half-open interval, or `start/duration`
 * (which the Features test suite sends). A date alone is the whole day as interval end, its midnight as start.
 * OGC 17-069r4 §7.15.4, /req/core/fc-time-definition.
 * @throws AppError INVALID_PARAMETER
 */
export function parseDatetime(raw: string): Interval {
  const parts = raw.split('/');
  const [first = '', second] = parts;
  if (second === undefined) return { start: instant(first, raw, false), end: instant(first, raw, true) };
  if (parts.length > 2) fail(raw, `expected an instant or an interval, got ${parts.length} parts`);
  const start = isOpen(first) ? undefined : instant(first, raw, false);
  if (DURATION.test(second)) {
    if (start === undefined) fail(raw, 'a duration needs a start');
    return { start, end: addDuration(start, second, raw) };
  }
  const end = isOpen(second) ? undefined : instant(second, raw, true);
  if (start === undefined && end === undefined) fail(raw, 'both ends are open');
  if (start !== undefined && end !== undefined && compareInstants(start, end) > 0) fail(raw, 'the start is after the end');
  return { start, end };
}

/** Orders two instants as this module writes them (UTC, `Z`, optional fraction). */
export function compareInstants(a: string, b: string): number {
  const [ax, bx] = [a.slice(0, 19), b.slice(0, 19)];
  if (ax !== bx) return ax < bx ? -1 : 1;
  return Number(`0${a.slice(19, -1)}`) - Number(`0${b.slice(19, -1)}`);
}

/** True where an instant lies in a closed interval. */
export function isWithin(instant: string, { start, end }: Interval): boolean {
  return (start === undefined || compareInstants(instant, start) >= 0) && (end === undefined || compareInstants(instant, end) <= 0);
}

function isOpen(part: string): boolean {
  return part === '' || part === '..';
}

function instant(part: string, raw: string, asEnd: boolean): string {
  const m = INSTANT.exec(part);
  if (m === null) fail(raw, `"${part}" is not an RFC 3339 date or date-time`);
  const [, year = '', month = '', day = '', hour, minute, second, fraction = '', zone = 'Z'] = m;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > (Number(year) < 100 ? 31 : days)) {
    fail(raw, `"${part}" is not a day of the calendar`);
  }
  if (hour === undefined) return asEnd ? `${part}T23:59:59.999999Z` : `${part}T00:00:00Z`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) fail(raw, `"${part}" is not a time of day`);
  const offset = /^[Zz]$/.test(zone) ? 0 : zoneMinutes(zone, raw);
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}Z`) - offset * 60_000;
  return new Date(ms).toISOString().slice(0, 19) + fraction + 'Z';
}

function zoneMinutes(zone: string, raw: string): number {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) fail(raw, `"${zone}" is not an offset from UTC`);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function addDuration(start: string, duration: string, raw: string): string {
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (DURATION.exec(duration) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(start);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + days + 7 * weeks);
  const end = new Date(date.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
  if (Number.isNaN(end.getTime()) || end.getUTCFullYear() > 9999) fail(raw, 'the end is after the year 9999');
  return end.toISOString().slice(0, 19) + start.slice(19);
}

function fail(raw: string, why: string): never {
  throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse datetime "${raw}": ${why}` });
}
