import { expect } from 'vitest';
import { type BadInput, queries } from './row.ts';
import type { WireAnswer } from './wire.ts';

const ITEMS = '/collections/roads/items';

/** Transport, URI and HTTP: what any resource owes. */
export const TRANSPORT_ROWS: readonly BadInput[] = [
  {
    id: 'A1',
    fact: 'a path with a triplet that is not hexadecimal',
    target: '/collections/%zz/items',
    status: 400,
    slug: 'invalid-parameter',
  },
  { id: 'A2', fact: 'a path that is not UTF-8', target: '/collections/%ff/items', status: 400, slug: 'invalid-parameter' },
  { id: 'A3', fact: 'NUL in a collection id', target: '/collections/roads%00/items', status: 404, slug: 'not-found' },
  { id: 'A4', fact: 'a file path as collection id', target: '/collections/..%2f..%2fetc%2fpasswd/items', status: 404, slug: 'not-found' },
  ...queries(ITEMS, [
    ['A5', 'limit=%zz', 'invalid-parameter', 'a query value with a bad triplet'],
    ['A6', 'name=%ff%fe', 'invalid-parameter', 'a query value that is not UTF-8'],
    ['A17', 'f=nope', 'invalid-parameter', 'a format key that no representation has'],
    ['A24', Array.from({ length: 1200 }, (_, i) => `p${i}=`).join('&'), 'unknown-parameter', '1,200 parameters'],
  ]),
  { id: 'A7', fact: 'a target of more than 8 kB', target: `${ITEMS}?name=${'a'.repeat(8300)}`, status: 414, slug: 'uri-too-long' },
  { id: 'A13', fact: 'TRACE', method: 'TRACE', target: '/', status: 405, slug: 'method-not-allowed', check: names('Allow') },
  {
    id: 'A14',
    fact: 'PUT on the list of collections',
    method: 'PUT',
    target: '/collections',
    status: 405,
    slug: 'method-not-allowed',
    check: names('Allow'),
  },
  {
    id: 'A15',
    fact: 'POST on items that are only read',
    method: 'POST',
    target: ITEMS,
    status: 405,
    slug: 'method-not-allowed',
    check: names('Allow'),
  },
  {
    id: 'A16',
    fact: 'Accept with nothing that there is; the answer lists what there is',
    target: ITEMS,
    headers: { Accept: 'application/vnd.nope' },
    status: 406,
    slug: 'not-acceptable',
    check: (answer) => expect(answer.body.toString('utf8')).toContain('application/geo+json'),
  },
  {
    id: 'A25',
    fact: 'forwarded names from a peer that is not trusted reach no link',
    target: '/collections',
    headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example;proto=https', 'X-Forwarded-Proto': 'javascript' },
    status: 200,
    check: (answer) => {
      expect(answer.body.toString('utf8')).not.toContain('evil.example');
      expect(answer.body.toString('utf8')).not.toContain('javascript:');
    },
  },
  {
    id: 'A26',
    fact: 'another origin may read, never with credentials',
    target: ITEMS,
    headers: { Origin: 'https://evil.example', Cookie: 'session=1' },
    status: 200,
    check: (answer) => {
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    },
  },
  {
    id: 'A27',
    fact: 'If-None-Match that is no list of tags is ignored',
    target: '/',
    headers: { 'If-None-Match': 'unquoted' },
    status: 200,
  },
  { id: 'A28', fact: 'a range that is none is ignored', target: '/', headers: { Range: 'bytes=5-1' }, status: 200 },
];

/** Landing page, conformance, API definition, collections. */
export const ENTRY_ROWS: readonly BadInput[] = [
  ...queries('/', [['B1', 'foo=bar', 'unknown-parameter', 'a parameter that the landing page does not have']]),
  ...queries('/conformance', [['B2', 'f=json&f=html', 'duplicate-parameter', 'two formats']]),
  ...queries('/api', [['B3', 'f=yaml2', 'invalid-parameter', 'a format that the API definition does not have']]),
  { id: 'B4', fact: 'a collection that is not there', target: '/collections/nope', status: 404, slug: 'not-found' },
  { id: 'B5', fact: 'a collection id in other case', target: '/collections/ROADS', status: 404, slug: 'not-found' },
  { id: 'B6', fact: 'a table without privilege looks like none', target: '/collections/secret', status: 404, slug: 'not-found' },
  ...queries('/collections', [
    ['B7', 'limit=abc', 'invalid-parameter', 'a limit that is no number'],
    ['B8', 'bbox=1,2,3', 'invalid-parameter', 'a box of three numbers'],
  ]),
  ...queries('/collections/roads', [
    ['B9', 'crs=x', 'unknown-parameter', 'a parameter of another resource'],
    ['B10', '__proto__=1', 'unknown-parameter', 'a parameter named like a prototype'],
  ]),
];

function names(header: string): (answer: WireAnswer) => void {
  return (answer) => expect(String(answer.headers[header.toLowerCase()])).toContain('GET');
}
