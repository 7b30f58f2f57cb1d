-- Small rasters for golden tiles: numbers that no machine computes differently.

create schema golden;
grant usage on schema golden to public;
set search_path to golden, public;

create function made(x double precision, y double precision, pixel double precision, srid int, type text, nodata double precision, formula text, skew double precision default 0)
  returns raster language sql immutable as
  $$ select ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(96, 96, x, y, pixel, -pixel, skew, skew, srid), type, 1, nodata), 1, type, formula, nodata) $$;

-- Heights in UTM zone 32 with a corner of nodata, four blocks
create table heights (rid serial primary key, rast raster);
insert into heights (rast)
  select made(400000 + i * 28800, 5400000 - j * 28800, 300, 32632, '16BSI', -32768,
    format('case when ([rast.x] + %1$s) * ([rast.y] + %2$s) < 900 then -32768 else round(800 + 600 * sin(([rast.x] + %1$s) / 9.0) * cos(([rast.y] + %2$s) / 7.0) + 3 * ([rast.x] + %1$s)) end', i * 96, j * 96))
  from generate_series(0, 1) as i, generate_series(0, 1) as j;

-- Six classes in degrees; two pixels are one of WorldCRS84Quad 2
create table classes (rid serial primary key, rast raster);
insert into classes (rast)
  select made(-22.5 + i * 8.4375, 22.5, 0.087890625, 4326, '8BUI', 0, format('1 + (floor(([rast.x] + %s) / 11.0)::int * 5 + floor([rast.y] / 7.0)::int * 3 + (([rast.x] * [rast.y])::int %% 17) / 13) %% 6', i * 96))
  from generate_series(0, 1) as i;

-- Bytes on a grid that is turned
create table turned (rid serial primary key, rast raster);
insert into turned (rast) values (made(500000, 5300000, 90, 32632, '8BUI', null, '([rast.x] * 2 + [rast.y]) % 250', 40));

-- Across the antimeridian in UTM zone 60
create table dateline (rid serial primary key, rast raster);
insert into dateline (rast) values (made(790000, 8200000, 600, 32760, '16BUI', null, '1000 + [rast.x] * 31 + [rast.y] * 7'));

-- Longitudes from 0 to 360
create table past_180 (rid serial primary key, rast raster);
insert into past_180 (rast)
  select made(i * 96, 72, 1, 4326, '32BF', null, format('([rast.x] + %s) * 0.5 + sin([rast.y] / 8.0) * 40', i * 96)) from generate_series(0, 3) as i;

create index on heights using gist (ST_ConvexHull(rast));
create index on classes using gist (ST_ConvexHull(rast));
create index on turned using gist (ST_ConvexHull(rast));
create index on dateline using gist (ST_ConvexHull(rast));
create index on past_180 using gist (ST_ConvexHull(rast));
grant select on all tables in schema golden to public;
analyze;
