-- `roads`: what the rows ask for. Two groups of lines with a wide gap between them, so that tiles inside the limits can be empty.
create table roads (
  id integer primary key,
  name text,
  lanes integer,
  t timestamptz,
  uuid uuid not null,
  geom geometry(LineString, 4326) not null
);
insert into roads (id, name, lanes, t, uuid, geom)
select i, 'Road ' || i, 1 + i % 4, timestamptz '2024-01-01T00:00:00Z' + i * interval '1 hour',
  ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid,
  st_setsrid(st_makeline(st_makepoint(x, y), st_makepoint(x + 0.01, y + 0.01)), 4326)
from generate_series(1, 50) i
cross join lateral (select case when i % 2 = 0 then 8 + i * 0.01 else 20 + i * 0.01 end as x, 47 + i * 0.01 as y) place;
insert into roads values (51, 'West of the antimeridian', 2, '2024-02-01T00:00:00Z', '00000000-0000-4000-8000-000000000051',
  'srid=4326;linestring(179.5 1, 179.6 1)');
create index on roads using gist (geom);

-- `secret`: a table that the connecting role may not read.
create table secret (id integer primary key, geom geometry(Point, 4326));
insert into secret values (1, 'srid=4326;point(0 0)');
revoke all on secret from public, graticule_reader;

-- `heights`: a raster with a hole, for blank pictures inside the limits.
create table heights (rid integer primary key, rast raster not null);
insert into heights (rid, rast)
select i, st_addband(st_makeemptyraster(64, 64, x, 50, 0.03125, -0.03125, 0, 0, 4326), '16BSI'::text, 100 * i, -32768)
from (values (1, 0), (2, 20)) block(i, x);
create index on heights using gist (st_convexhull(rast));
select addrasterconstraints('heights'::name, 'rast'::name);

-- `scenes`: a raster whose rows have a time.
create table scenes (rid integer primary key, taken date not null, rast raster not null);
comment on table scenes is '{"datetime": "taken"}';
insert into scenes values (1, '2020-05-01', st_addband(st_makeemptyraster(16, 16, 0, 50, 0.125, -0.125, 0, 0, 4326), '8BUI'::text, 9, null));
create index on scenes using gist (st_convexhull(rast));
select addrasterconstraints('scenes'::name, 'rast'::name);

analyze;
