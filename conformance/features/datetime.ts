import assert from 'node:assert/strict';
import { isObject, type Json, type JsonObject, objectOf } from '../json.ts';
import { getDocument } from '../request.ts';
import type { Session } from '../session.ts';
import type { Check } from './checks.ts';
import { featuresOf, idOf, type ItemsRequest, itemsDocument } from './responses.ts';

const DAY_MS = 86_400_000;

/** Begin and end of a temporal extent as milliseconds since 1970. */
interface Extent {
  readonly begin: number;
  readonly end: number;
}

/**
 * The requests of the group for each collection with a bounded temporal extent: its begin, its second quarter as an
 * interval, and two days of it as date and duration. The suite reads the extent by a wrong path and therefore never
 * sends them; here they are sent.
 */
export async function datetimeRequests(session: Session): Promise<readonly ItemsRequest[]> {
  return (await session.featureCollections()).flatMap((collection) => {
    const extent = extentOf(collection);
    if (extent === undefined) return [];
    const quarter = (extent.end - extent.begin) / 4;
    const from = extent.begin + quarter;
    const values = [instant(extent.begin), `${instant(from)}/${instant(from + quarter)}`, `${instant(from).slice(0, 10)}/P2D`];
    return values.map((datetime) => ({ collection, name: `${idOf(collection)}, datetime ${datetime}`, query: { datetime } }));
  });
}

/**
 * Every feature's instant, or day where it is a date, meets the asked interval, ends included; features without time
 * always match (/req/core/fc-time-response). Which property that is stands in the schema as `x-ogc-role`.
 */
export const checkDatetime: Check = async (request, session) => {
  const property = await temporalProperty(request.collection, session);
  const asked = interval(String(request.query['datetime']));
  for (const feature of featuresOf(await itemsDocument(request, session))) {
    const value = objectOf(feature['properties'], 'properties')[property];
    if (typeof value !== 'string') continue;
    const begin = Date.parse(value);
    const end = value.includes('T') ? begin : begin + DAY_MS - 1;
    const inside = end >= asked.begin && begin <= asked.end;
    assert.ok(inside, `feature ${String(feature['id'])} has ${property} ${value}`);
  }
};

async function temporalProperty(collection: JsonObject, session: Session): Promise<string> {
  const schema = await getDocument(`${session.base}/collections/${encodeURIComponent(idOf(collection))}/schema`, 'json');
  const roles = Object.entries(objectOf(schema['properties'], 'properties of the schema'));
  const found = roles.find(([, property]) => isObject(property) && String(property['x-ogc-role']).startsWith('primary-in'));
  assert.ok(found !== undefined, `the schema of ${idOf(collection)} names no primary temporal property`);
  return found[0];
}

function extentOf(collection: JsonObject): Extent | undefined {
  const extent = collection['extent'];
  const temporal = isObject(extent) ? extent['temporal'] : undefined;
  const interval = isObject(temporal) && Array.isArray(temporal['interval']) ? temporal['interval'][0] : undefined;
  if (!Array.isArray(interval)) return undefined;
  const [begin, end] = interval.map((bound: Json) => (typeof bound === 'string' ? Date.parse(bound) : undefined));
  return begin === undefined || end === undefined ? undefined : { begin, end };
}

/** As java.time writes instants: no fraction when it is zero. */
function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.000Z$/, 'Z');
}

/** A date means its whole day; `P2D` two days from the begin of the date. */
function interval(text: string): Extent {
  const [first = '', second] = text.split('/');
  const begin = Date.parse(first);
  if (second === undefined) return { begin, end: begin };
  if (second === 'P2D') return { begin, end: begin + 2 * DAY_MS };
  return { begin, end: Date.parse(second) };
}
