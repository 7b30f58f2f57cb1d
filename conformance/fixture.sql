-- What the conformance tests run on: every kind of collection that they distinguish, a few hundred rows in all.

-- Points over the whole world with an integer key. A low-discrepancy sequence spreads them, so that every box has some.
create table places (
  id integer generated always as identity primary key,
  name text not null,
  kind text not null,
  population integer,
  height double precision,
  geom geometry(Point, 4326) not null
);
comment on table places is '{"title": "Places", "description": "Points over the whole world"}';
insert into places (name, kind, population, height, geom)
select 'Place ' || i, (array['town', 'village', 'farm'])[1 + i % 3], nullif(i * 37 % 1000, 0), i * 1.25,
  st_setsrid(st_makepoint(
    round((mod(i * 0.7548776662466927::numeric, 1) * 358 - 179)::numeric, 5)::float8,
    round((mod(i * 0.5698402909980532::numeric, 1) * 178 - 89)::numeric, 5)::float8), 4326)
from generate_series(1, 400) i;
create index on places using gist (geom);

-- Lines in time, west and east of Greenwich; its bounds are below one degree.
create table journeys (
  id bigint generated always as identity primary key,
  vehicle uuid not null,
  started timestamptz not null,
  length_km numeric(8, 3),
  track geometry(LineString, 4326) not null
);
comment on table journeys is '{"title": "Journeys", "description": "Lines, each with the instant at which it began"}';
insert into journeys (vehicle, started, length_km, track)
select ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid,
  timestamptz '2024-01-01T00:00:00Z' + i * interval '1 day', i * 1.125,
  st_setsrid(st_makeline(
    st_makepoint(-0.9 + i * 0.01, 50.1 + i * 0.02), st_makepoint(-0.4 + i * 0.012, 50.6 + i * 0.02)), 4326)
from generate_series(1, 90) i;
create index on journeys using gist (track);
create index on journeys (started);

-- Polygons, one with a hole, up to both poles.
create table regions (
  code text primary key,
  name text not null,
  surveyed date,
  geom geometry(MultiPolygon, 4326) not null
);
comment on table regions is '{"title": "Regions", "description": "Polygons from pole to pole"}';
insert into regions (code, name, surveyed, geom)
select 'R' || lpad(i::text, 2, '0'), 'Region ' || i, date '2020-01-01' + i,
  st_multi(case when i % 5 = 0
    then st_difference(box.geom, st_makeenvelope(box.x + 5, box.y + 3, box.x + 15, box.y + 7, 4326))
    else box.geom end)
from generate_series(0, 53) i
cross join lateral (
  select i % 9 * 40 - 180 as x, i / 9 * 30 - 90 as y,
    st_makeenvelope(i % 9 * 40 - 180, i / 9 * 30 - 90, i % 9 * 40 - 150, i / 9 * 30 - 70, 4326) as geom
) box;
update regions set geom = st_multi(st_makeenvelope(-180, 70, 180, 90, 4326)) where code = 'R53';
create index on regions using gist (geom);

-- Points on both sides of the antimeridian.
create table islands (
  id integer primary key,
  name text,
  geom geometry(Point, 4326) not null
);
comment on table islands is '{"title": "Islands", "description": "Points on both sides of the antimeridian"}';
insert into islands (id, name, geom)
select i, 'Island ' || i, st_setsrid(st_makepoint(case when i % 2 = 0 then 180 - i * 0.1 else i * 0.1 - 180 end, 50 + i * 0.5), 4326)
from generate_series(1, 40) i;
create index on islands using gist (geom);

-- Polygons in a national system, so that answers and boxes are transformed.
create table parcels (
  id integer primary key,
  owner text,
  area double precision,
  geom geometry(Polygon, 25832) not null
);
comment on table parcels is '{"title": "Parcels", "description": "Polygons stored in ETRS89 / UTM zone 32N"}';
insert into parcels (id, owner, area, geom)
select i, 'Owner ' || i % 7, 2500, st_makeenvelope(500000 + i % 12 * 60, 5400000 + i / 12 * 60, 500050 + i % 12 * 60, 5400050 + i / 12 * 60, 25832)
from generate_series(1, 120) i;
create index on parcels using gist (geom);

-- No rows at all.
create table wells (
  id integer primary key,
  depth double precision,
  geom geometry(Point, 4326)
);
comment on table wells is '{"title": "Wells", "description": "A table without rows"}';

-- Sightings without geometry, without time, or without both match every box and every interval.
create table sightings (
  id integer primary key,
  seen timestamptz,
  species text,
  geom geometry(Point, 4326)
);
comment on table sightings is '{"title": "Sightings", "description": "Points, some without place and some without time"}';
insert into sightings (id, seen, species, geom)
select i, case when i % 7 > 0 then timestamptz '2023-06-01T12:00:00Z' + i * interval '6 hours' end, 'Species ' || i % 5,
  case when i % 9 > 0 then st_setsrid(st_makepoint(5 + i * 0.01, 45 + i * 0.01), 4326) end
from generate_series(1, 60) i;
create index on sightings using gist (geom);

-- One band of heights over the whole world, in blocks, as a loader leaves it.
create table elevation (rid integer primary key, rast raster not null);
comment on table elevation is '{"title": "Elevation", "description": "A raster of one Float32 band"}';
insert into elevation (rid, rast)
select i + 1,
  st_mapalgebra(
    st_addband(st_makeemptyraster(60, 60, i % 3 * 120 - 180, 90 - i / 3 * 60, 2, -1, 0, 0, 4326), '32BF'::text, 0, -9999),
    1, '32BF', '[rast.x] * 10 + [rast.y] + ' || i * 100)
from generate_series(0, 8) i;
create index on elevation using gist (st_convexhull(rast));
select addrasterconstraints('elevation'::name, 'rast'::name);

-- Three bytes a pixel.
create table picture (rid integer primary key, rast raster not null);
comment on table picture is '{"title": "Picture", "description": "A raster of three byte bands. Transparent where nothing is"}';
insert into picture (rid, rast)
select i + 1,
  st_addband(st_makeemptyraster(64, 64, 5 + i * 2, 50, 0.03125, -0.03125, 0, 0, 4326), array[
    row(1, '8BUI', 40 + i * 50, null), row(2, '8BUI', 200 - i * 40, null), row(3, '8BUI', 90, null)]::addbandarg[])
from generate_series(0, 2) i;
create index on picture using gist (st_convexhull(rast));
select addrasterconstraints('picture'::name, 'rast'::name);

-- Three times of one place, its northern half without data.
create table scenes (rid integer primary key, taken timestamptz not null, rast raster not null);
comment on table scenes is '{"title": "Scenes", "description": "Three times of one place", "datetime": "taken", "keywords": ["time"]}';
insert into scenes (rid, taken, rast)
select n, taken::timestamptz,
  st_mapalgebra(st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), '8BUI'::text, 1, 0), 1, '8BUI',
    'case when [rast.y] <= 32 then 0 else ' || n * 50 || ' + [rast.x] end', 0)
from (values (1, '2020-05-01T00:00:00Z'), (2, '2021-05-01T12:30:00Z'), (3, '2022-05-01T00:00:00Z')) s(n, taken);
create index on scenes using gist (st_convexhull(rast));
select addrasterconstraints('scenes'::name, 'rast'::name);

analyze;
