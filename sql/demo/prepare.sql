create extension if not exists postgis;
create extension if not exists postgis_raster;
revoke create on schema public from public;
alter default privileges grant usage on schemas to graticule_reader;
alter default privileges grant select on tables to graticule_reader;
