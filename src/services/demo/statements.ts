import { ident, literal, type Sql, sql } from '../../base/sql.ts';
import type { AtlasFeature } from './world.ts';

/**
 * Adds a country; parts past ±180° are cut off and brought to the other side. One that is smaller than the atlas's grid
 * (Vatican City) has no area left and is not added.
 */
export function countryStatement(country: AtlasFeature): Sql {
  return sql`
    with ${validParts(country)}, whole as materialized (select st_multi(st_collect(geom)) as geom from part)
    insert into countries (name, iso_numeric, geom)
    select ${country.name ?? 'Unnamed'}, ${country.id ?? null},
      case when st_isvalid(geom) then geom else st_multi(st_collectionextract(st_makevalid(geom), 3)) end
    from whole
    where geom is not null`;
}

/** Adds each polygon of a piece of land as a row, largest first. */
export function landStatement(land: AtlasFeature): Sql {
  return sql`
    with ${validParts(land)}
    insert into land (area_km2, geom)
    select round((st_area(geom::geography) / 1e6)::numeric, 2) as area, geom from part
    order by area desc`;
}

/**
 * A CTE `part` with the feature's polygons, each valid and within ±180°. Validity is looked at first, as mending is
 * slow; materialized, lest the planner folds the steps into one expression and does each several times.
 */
function validParts(feature: AtlasFeature): Sql {
  return sql`
    unrolled as materialized (select geom from st_dump(st_setsrid(st_geomfromgeojson(${JSON.stringify(feature.geometry)}), 4326))),
    mended as materialized (select case when st_isvalid(geom) then geom else st_makevalid(geom) end as geom from unrolled),
    wrapped as materialized (
      select case when st_xmin(geom) < -180 or st_xmax(geom) > 180
        then st_wrapx(st_wrapx(geom, 180, -360), -180, 360) else geom end as geom
      from mended),
    part as materialized (select d.geom from wrapped, st_dump(st_collectionextract(wrapped.geom, 3)) as d)`;
}

/** Makes a table of raster blocks. External storage keeps them as they are: nothing to unpack for a tile. */
export function rasterTableStatement(table: string): Sql {
  return sql`
    create table ${ident(table)} (rid serial primary key, rast raster);
    alter table ${ident(table)} alter column rast set storage external`;
}

/** What `raster2pgsql -I -C` adds to a loaded table: the index, and constraints made from the rows. */
export function rasterConstraintStatements(table: string): readonly Sql[] {
  return [
    sql`create index on ${ident(table)} using gist (st_convexhull(rast))`,
    sql`select addrasterconstraints('public'::name, ${literal(table)}::name, 'rast'::name,
      true, true, true, true, true, true, false, true, true, true, true, true)`,
  ];
}

/** Ties an overview to its table, as `raster2pgsql -l` does. */
export function overviewConstraintStatement(overview: string, table: string, factor: number): Sql {
  return sql`select addoverviewconstraints('public'::name, ${literal(overview)}::name, 'rast'::name,
    'public'::name, ${literal(table)}::name, 'rast'::name, ${literal(factor)})`;
}

/** A JSON comment of a table: what the catalogue shows of it. */
export function commentStatement(table: string, comment: Readonly<Record<string, unknown>>): Sql {
  return sql`comment on table ${ident(table)} is ${literal(JSON.stringify(comment))}`;
}
