-- Tables for WMS and WMTS.

-- `quarters`: red in the north-west, green in the north-east, blue in the south-west, yellow in the south-east of a square
-- of 4° around 10° east, 50° north: whoever mixes up axes gets another colour.
create table quarters (rid integer primary key, rast raster not null);
comment on table quarters is '{"title": "Quarters <&> \"corners\"", "description": "Four colours", "keywords": ["colour"], "attribution": "Nobody"}';
insert into quarters
select n, st_addband(st_makeemptyraster(64, 64, x, y, 0.03125, -0.03125, 0, 0, 4326), array[
  row(1, '8BUI', red, null), row(2, '8BUI', green, null), row(3, '8BUI', blue, null)]::addbandarg[])
from (values (1, 8, 52, 255, 0, 0), (2, 10, 52, 0, 255, 0), (3, 8, 50, 0, 0, 255), (4, 10, 50, 255, 255, 0)) q(n, x, y, red, green, blue);
create index on quarters using gist (st_convexhull(rast));
select addrasterconstraints('quarters'::name, 'rast'::name);

-- `slope`: one band of floats from 0 in the west to 63 in the east, nodata -1 in its northern half.
create table slope (rid integer primary key, rast raster not null);
insert into slope
values (1, st_mapalgebra(st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), '32BF'::text, 0, -1), 1, '32BF',
  'case when [rast.y] <= 32 then -1 else [rast.x] - 1 end', -1));
create index on slope using gist (st_convexhull(rast));
select addrasterconstraints('slope'::name, 'rast'::name);

-- `scenes`: three times of one place.
create table scenes (rid integer primary key, taken timestamptz not null, rast raster not null);
comment on table scenes is '{"datetime": "taken"}';
insert into scenes
select n, taken::timestamptz, st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), '8BUI'::text, n * 50, null)
from (values (1, '2020-05-01T00:00:00Z'), (2, '2021-05-01T12:30:00Z'), (3, '2022-05-01T00:00:00.25Z')) s(n, taken);
create index on scenes using gist (st_convexhull(rast));
select addrasterconstraints('scenes'::name, 'rast'::name);

-- A name that holds what lists, XML and URLs are made of.
create table "a,b & <c>/é" (rid integer primary key, rast raster not null);
insert into "a,b & <c>/é" values (1, st_addband(st_makeemptyraster(8, 8, 9, 51, 0.25, -0.25, 0, 0, 4326), '8BUI'::text, 7, null));
create index on "a,b & <c>/é" using gist (st_convexhull(rast));
select addrasterconstraints('a,b & <c>/é'::name, 'rast'::name);

analyze;
