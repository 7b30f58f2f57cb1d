import { element as h, type Child } from '../markup/element.ts';

const LONGEST_IN_TABLE = 140;

/** A property's value as markup: web addresses become links, structures JSON, null a dash. */
export function propertyValue(value: unknown): Child {
  if (value === null || value === undefined) return h('span', { class: 'quiet' }, '–');
  if (typeof value === 'string') return isWebAddress(value) ? h('a', { href: value, rel: 'noreferrer' }, value) : value;
  if (typeof value === 'object') return h('code', {}, JSON.stringify(value));
  return plain(value);
}

/** The same for a table cell: long text is cut, whole in the tooltip. */
export function cellValue(value: unknown): Child {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : plain(value);
  if (text.length <= LONGEST_IN_TABLE || value === null || value === undefined) return propertyValue(value);
  return h('span', { title: text.slice(0, 2000) }, `${text.slice(0, LONGEST_IN_TABLE)}…`);
}

/** A count with narrow spaces, which do not break, between thousands. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/i.test(text);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
