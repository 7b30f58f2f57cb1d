import { cannotParse } from './cannot-parse.ts';
import { compareInstants } from './interval.ts';
import type { Interval } from './interval.ts';

/** A time that somebody asks for: an instant slices, an interval trims. */
export interface AskedTime extends Interval {
  readonly trims: boolean;
}

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt](\d{2})(?::(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?([Zz]|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads the two ends of a time interval, or one for both, with reduced precision: `2024` is the whole year, `2024-05`
 * the month, `…T13` the hour; hour 24 is the next midnight (OGC 20-058 §11, OGC 19-087 §9.4). `..`, `*` and nothing
 * are open ends, also both. @throws AppError INVALID_PARAMETER
 */
export function parseTimes(name: string, raw: string, ends: readonly string[]): Interval {
  const [first = '', second] = ends;
  if (ends.length > 2) throw cannotParse(name, raw, `expected an instant or an interval, got ${ends.length} parts`);
  if (second === undefined) {
    if (isOpen(first)) throw cannotParse(name, raw, 'expected an instant or an interval');
    return { start: startOf(name, raw, first), end: endOf(name, raw, first) };
  }
  const start = isOpen(first) ? undefined : startOf(name, raw, first);
  const end = isOpen(second) ? undefined : endOf(name, raw, second);
  if (start !== undefined && end !== undefined && compareInstants(start, end) > 0) {
    throw cannotParse(name, raw, 'the start is after the end');
  }
  return { start, end };
}

function isOpen(text: string): boolean {
  return text === '' || text === '..' || text === '*';
}

function startOf(name: string, raw: string, text: string): string {
  return instantText(name, raw, momentOf(name, raw, text).start) + 'Z';
}

/** The last microsecond that the text still names; an instant with seconds is its own end. */
function endOf(name: string, raw: string, text: string): string {
  const { next } = momentOf(name, raw, text);
  return next === undefined ? startOf(name, raw, text) : `${instantText(name, raw, { ms: next - 1000, fraction: '.999999' })}Z`;
}

interface Instant {
  readonly ms: number;
  readonly fraction: string;
}

/** Where a moment begins, and where the next of its precision does; none for one given to the second. */
function momentOf(name: string, raw: string, text: string): { readonly start: Instant; readonly next: number | undefined } {
  const match = PARTIAL.exec(text);
  if (match === null) throw cannotParse(name, raw, `"${text.slice(0, 40)}" is not an RFC 3339 date or date-time, or a part of one`);
  const [, year = '', month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const at = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)] as const;
  const ok = isDate(at[0], at[1], at[2]) && isTime(at[3], at[4], at[5]);
  if (!ok) throw cannotParse(name, raw, `"${text}" is not a day of the calendar or a time of day`);
  const offset = zoneMs(name, raw, zone);
  const given = [year, month, day, hour, minute, second].filter((part) => part !== undefined).length;
  const ms = utc(at) - offset;
  if (given === 6) return { start: { ms, fraction }, next: undefined };
  const step = at.map((part, i) => (i === given - 1 ? part + 1 : part));
  return { start: { ms, fraction }, next: utc(step) - offset };
}

function utc([year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, Math.min(second, 59));
  return date.getTime();
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 0 && month < 12 && day >= 1 && day <= new Date(Date.UTC(year < 100 ? year + 400 : year, month + 1, 0)).getUTCDate();
}

function isTime(hour: number, minute: number, second: number): boolean {
  return (hour < 24 && minute < 60 && second <= 60) || (hour === 24 && minute === 0 && second === 0);
}

function zoneMs(name: string, raw: string, zone: string): number {
  if (/^[Zz]$/.test(zone)) return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) throw cannotParse(name, raw, `"${zone}" is not an offset from UTC`);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function instantText(name: string, raw: string, { ms, fraction }: Instant): string {
  const year = new Date(ms).getUTCFullYear();
  if (year < 0 || year > 9999) throw cannotParse(name, raw, 'the time is outside the years 0 to 9999');
  return new Date(ms).toISOString().slice(0, 19) + fraction;
}
