import type { Bbox } from '../../base/bbox.ts';
import { splitAntimeridian } from '../../base/bbox.ts';
import type { Interval } from '../../base/interval.ts';
import { and, ident, or, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, TemporalColumns, VectorCollection } from '../../catalog/collection.ts';
import type { FeatureQuery } from './feature-query.ts';
import { equalsValue } from './property-value.ts';

/** Condition on the rows that a query selects: the collection's own predicate, bbox, datetime and equal properties. */
export function selection(collection: VectorCollection, query: Omit<FeatureQuery, 'limit' | 'offset'>): Sql {
  const { geometry, temporal, predicate } = collection;
  return and([
    predicate,
    query.bbox === undefined || geometry === undefined ? undefined : bboxCondition(geometry, query.bbox),
    query.datetime === undefined || temporal === undefined ? undefined : datetimeCondition(collection, temporal, query.datetime),
    ...query.equals.map(({ property, value }) => equalsValue(property, value) ?? sql`false`),
  ]);
}

/** Rows whose geometry shares a point with the box, and rows without geometry (OGC 17-069r4 /req/core/fc-bbox-response). */
function bboxCondition(geometry: GeometryColumn, bbox: Bbox): Sql {
  const column = ident(geometry.name);
  const boxes = splitAntimeridian(bbox).map((box) => boxCondition(geometry, column, box));
  return geometry.nullable ? or([...boxes, sql`${column} is null`]) : or(boxes);
}

function boxCondition(geometry: GeometryColumn, column: Sql, [west, south, east, north]: Bbox): Sql {
  const box = sql`ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326)`;
  if (geometry.type === 'geography') return sql`${column} && ${box}::geography and ST_Intersects(${column}::geometry, ${box})`;
  const native = geometry.srid === 4326 ? box : sql`ST_Transform(ST_Segmentize(${box}, 1), ${geometry.srid}::int)`;
  return sql`${column} && ${native} and ST_Intersects(${column}, ${native})`;
}

/** Rows whose time shares an instant with the closed interval, and rows without time (/req/core/fc-time-response). */
function datetimeCondition(collection: VectorCollection, temporal: TemporalColumns, { start, end }: Interval): Sql {
  const nullable = (name: string): boolean => collection.properties.find((property) => property.name === name)?.nullable ?? true;
  const arm = (name: string, condition: Sql): Sql => (nullable(name) ? or([condition, sql`${ident(name)} is null`]) : condition);
  return and([
    end === undefined ? undefined : arm(temporal.start, sql`${ident(temporal.start)} <= ${bound(temporal.type, end)}`),
    start === undefined ? undefined : arm(temporal.end, sql`${ident(temporal.end)} >= ${bound(temporal.type, start)}`),
  ]);
}

/** An instant as the column's type reads it: UTC; a date stands for its whole day. */
function bound(type: TemporalColumns['type'], instant: string): string {
  const text = type === 'date' ? instant.slice(0, 10) : instant.replace(/(\.\d{6})\d+/, '$1');
  // ISO 8601 counts a year 0, PostgreSQL calls it 1 BC.
  return text.startsWith('0000') ? `0001${text.slice(4)} BC` : text;
}
