import type { Bbox } from '../base/bbox.ts';
import { and, ident, literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { CollectionBase, GeometryColumn, TemporalColumns, VectorCollection } from './collection.ts';

/** Points along a side of the box that is transformed. */
const GRID = 40;

/**
 * The planner's box: from the root of the spatial index where there is one (PostGIS ≥ 2.5), else from statistics.
 * Four numbers; raises when there is neither.
 */
export function estimatedExtentStatement(postgisSchema: string, collection: VectorCollection, geometry: GeometryColumn): Sql {
  const { schema, name } = collection.relation;
  const postgis = postgisFunctions(postgisSchema);
  return sql`select ${edges(postgis)}
    from (
      select ${postgis('st_estimatedextent')}(${schema}::text, ${name}::text, ${geometry.name}::text) as box
    ) e`;
}

/**
 * The box of every geometry; then, for those of geographic coordinates, how many cross Greenwich, the westernmost
 * longitude of those east of it and the easternmost of those west of it. Boxes are cached in the rows' headers.
 * With `plausible`, geometries that are not wholly inside it (NaN is not) do not count.
 */
export function exactExtentStatement(postgisSchema: string, collection: VectorCollection, geometry: GeometryColumn, plausible?: Bbox): Sql {
  const postgis = postgisFunctions(postgisSchema);
  const [xmin, xmax] = [postgis('st_xmin'), postgis('st_xmax')];
  return sql`select ${edges(postgis)}, e.crossing, e.eastern, e.western
    from (
      select
        ${postgis('st_extent')}(g.geom) as box,
        count(*) filter (where ${xmin}(g.geom) < 0 and ${xmax}(g.geom) >= 0) as crossing,
        min(${xmin}(g.geom)) filter (where ${xmin}(g.geom) >= 0) as eastern,
        max(${xmax}(g.geom)) filter (where ${xmax}(g.geom) < 0) as western
      from (
        select ${ident(geometry.name)}::${postgis('geometry')} as geom
        from ${ident([collection.relation.schema, collection.relation.name])}
        where ${and([collection.predicate])}
      ) g
      where ${plausible === undefined ? sql`true` : isInside(postgis, plausible)}
    ) e`;
}

/** The box of every block, rotated ones too, in one SRID; blocks of others are transformed, those of no size left out. */
export function rasterExtentStatement(
  postgisSchema: string,
  { schema, table, column, srid }: { readonly schema: string; readonly table: string; readonly column: string; readonly srid: number },
): Sql {
  const postgis = postgisFunctions(postgisSchema);
  return sql`select ${edges(postgis)}
    from (
      select ${postgis('st_extent')}(
        case when b.srid = ${literal(srid)} then b.outline else ${postgis('st_transform')}(b.outline, ${literal(srid)}) end
      ) as box
      from (
        select ${postgis('st_envelope')}(${ident(column)}) as outline, ${postgis('st_srid')}(${ident(column)}) as srid
        from ${ident([schema, table])}
        where not ${postgis('st_isempty')}(${ident(column)})
      ) b
    ) e`;
}

/**
 * First and last instant, as RFC 3339 text in UTC. Null is an open end: infinite instants, those before year 1, and
 * ends that are absent from rows whose other end is there. The third column tells whether any row has a time at all.
 */
export function intervalStatement(collection: Pick<CollectionBase, 'relation' | 'predicate'>, temporal: TemporalColumns): Sql {
  const [start, end] = [ident(temporal.start), ident(temporal.end)];
  const instant = (value: Sql, open: Sql): Sql => {
    const utc = temporal.type === 'timestamptz' ? sql`${value} at time zone 'UTC'` : sql`${value}::timestamp`;
    return sql`case
      when isfinite(${value}) and ${value} >= '0001-01-01' and not ${open}
      then to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    end`;
  };
  return sql`select
      ${instant(sql`t.low`, sql`t.open_start`)}, ${instant(sql`t.high`, sql`t.open_end`)}, num_nonnulls(t.low, t.high) > 0
    from (
      select
        min(${start}) as low, max(${end}) as high,
        coalesce(bool_or(${start} is null and ${end} is not null), false) as open_start,
        coalesce(bool_or(${end} is null and ${start} is not null), false) as open_end
      from ${ident([collection.relation.schema, collection.relation.name])}
      where ${and([collection.predicate])}
    ) t`;
}

/** Longitude and latitude of a grid of points on and in a box. */
export function gridStatement(postgisSchema: string, [west, south, east, north]: Bbox, srid: number): Sql {
  const postgis = postgisFunctions(postgisSchema);
  return sql`select ${postgis('st_x')}(p.point), ${postgis('st_y')}(p.point)
    from generate_series(0, ${literal(GRID)}) i
    cross join generate_series(0, ${literal(GRID)}) j
    cross join lateral (
      select ${postgis('st_transform')}(
        ${postgis('st_setsrid')}(
          ${postgis('st_makepoint')}(
            ${west}::float8 + (${east}::float8 - ${west}::float8) * i / ${literal(GRID)},
            ${south}::float8 + (${north}::float8 - ${south}::float8) * j / ${literal(GRID)}
          ),
          ${srid}::integer
        ),
        4326
      ) as point
    ) p`;
}

/** Where a pole lies in a projected CRS; raises in most of them. */
export function poleStatement(postgisSchema: string, latitude: -90 | 90, srid: number): Sql {
  const postgis = postgisFunctions(postgisSchema);
  return sql`select ${postgis('st_x')}(p.point), ${postgis('st_y')}(p.point)
    from (
      select ${postgis('st_transform')}(
        ${postgis('st_setsrid')}(${postgis('st_makepoint')}(0, ${latitude}::float8), 4326), ${srid}::integer
      ) as point
    ) p`;
}

function postgisFunctions(postgisSchema: string): (name: string) => Sql {
  return (name) => ident([postgisSchema, name]);
}

function isInside(postgis: (name: string) => Sql, [west, south, east, north]: Bbox): Sql {
  return sql`${postgis('st_xmin')}(g.geom) >= ${west}::float8 and ${postgis('st_xmax')}(g.geom) <= ${east}::float8
    and ${postgis('st_ymin')}(g.geom) >= ${south}::float8 and ${postgis('st_ymax')}(g.geom) <= ${north}::float8`;
}

/** West, south, east and north of `e.box` as shortest exact decimals (the text of a box is rounded). */
function edges(postgis: (name: string) => Sql): Sql {
  return sql`${postgis('st_xmin')}(e.box), ${postgis('st_ymin')}(e.box), ${postgis('st_xmax')}(e.box), ${postgis('st_ymax')}(e.box)`;
}
