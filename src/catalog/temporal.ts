import type { Property, TemporalColumns } from './collection.ts';
import type { Comment } from './comment.ts';

/** The temporal axis of a table: the columns that its comment names, else the first date or timestamp. */
export function temporalColumns(
  comment: Pick<Comment, 'datetime' | 'start' | 'end'>,
  properties: readonly Property[],
): { readonly columns: TemporalColumns | undefined; readonly unknown: readonly string[] } {
  const byName = new Map(properties.filter((p) => temporalType(p) !== undefined).map((p) => [p.name, p]));
  const named = [comment.datetime, comment.start, comment.end].filter((name) => name !== undefined);
  const unknown = named.filter((name) => !byName.has(name));
  const known = (name: string | undefined): Property | undefined => byName.get(name ?? '');
  const start = known(comment.start) ?? known(comment.datetime) ?? known(comment.end) ?? [...byName.values()][0];
  const type = start === undefined ? undefined : temporalType(start);
  if (start === undefined || type === undefined) return { columns: undefined, unknown };
  const end = known(comment.start) === undefined ? start : (known(comment.end) ?? start);
  return { columns: Object.freeze({ start: start.name, end: end.name, type }), unknown };
}

function temporalType(property: Property): TemporalColumns['type'] | undefined {
  const { type } = property;
  return type === 'date' || type === 'timestamp' || type === 'timestamptz' ? type : undefined;
}
