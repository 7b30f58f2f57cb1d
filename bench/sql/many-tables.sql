-- Tables as they stand in large cadastral and statistical databases: a key, a few attributes, a geometry, its index.
create extension postgis;
create extension postgis_raster;

create procedure make_tables(first int, past int) language plpgsql as $$
begin
  for n in first .. past - 1 loop
    execute format('create schema if not exists s%s', n % 10);
    execute format(
      'create table s%s.layer_%s (id int generated always as identity primary key, name text not null, kind varchar(20), amount numeric(12, 2), observed timestamptz, geom geometry(%s, %s))',
      n % 10, n, (array['Point', 'MultiLineString', 'MultiPolygon'])[1 + n % 3], (array[4326, 3857, 25832])[1 + n % 3]);
    execute format('create index on s%s.layer_%s using gist (geom)', n % 10, n);
  end loop;
end $$;
