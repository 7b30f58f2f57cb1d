import type { Interval } from '../../base/interval.ts';
import { and, ident, or, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { Property, TemporalColumns, VectorCollection } from '../../catalog/collection.ts';
import { areaCondition } from './area.ts';
import type { Area } from './area.ts';
import type { PropertyValue } from './feature-query.ts';
import { equalsValue } from './property-value.ts';

/** What narrows a collection's rows, ready to become SQL. */
export interface Selection {
  readonly area?: Area | undefined;
  readonly datetime?: Interval | undefined;
  readonly equals: readonly PropertyValue[];
}

/** Condition on the rows that a query selects: the collection's own predicate, area, datetime and equal properties. */
export function selectionCondition(collection: VectorCollection, query: Selection): Sql {
  const { geometry, temporal, predicate } = collection;
  return and([
    predicate,
    query.area === undefined || geometry === undefined ? undefined : areaCondition(geometry, query.area),
    query.datetime === undefined || temporal === undefined ? undefined : datetimeCondition(collection.properties, temporal, query.datetime),
    ...query.equals.map(({ property, value }) => equalsValue(property, value) ?? sql`false`),
  ]);
}

/** Rows whose time shares an instant with the closed interval, and rows without time (/req/core/fc-time-response). */
export function datetimeCondition(properties: readonly Property[], temporal: TemporalColumns, { start, end }: Interval): Sql {
  const nullable = (name: string): boolean => properties.find((property) => property.name === name)?.nullable ?? true;
  const arm = (name: string, condition: Sql): Sql => (nullable(name) ? or([condition, sql`${ident(name)} is null`]) : condition);
  return and([
    end === undefined ? undefined : arm(temporal.start, sql`${ident(temporal.start)} <= ${instantBound(temporal.type, end)}`),
    start === undefined ? undefined : arm(temporal.end, sql`${ident(temporal.end)} >= ${instantBound(temporal.type, start)}`),
  ]);
}

/** An RFC 3339 instant as a column's type reads it: UTC; a date stands for its whole day. */
export function instantBound(type: TemporalColumns['type'], instant: string): string {
  const text = type === 'date' ? instant.slice(0, 10) : instant.replace(/(\.\d{6})\d+/, '$1');
  // ISO 8601 counts a year 0, PostgreSQL calls it 1 BC.
  return text.startsWith('0000') ? `0001${text.slice(4)} BC` : text;
}
