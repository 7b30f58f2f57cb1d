-- Versions, the schema that holds PostGIS's types, and whether its table of reference systems may be read.
select
  current_setting('server_version') as postgresql,
  (select e.extversion from pg_catalog.pg_extension e where e.extname = 'postgis') as postgis,
  current_user as role,
  exists (select from pg_catalog.pg_type t where t.typname = 'raster' and t.typtype = 'b') as raster,
  g.schema as postgis_schema,
  g.reference_systems
from (select) as one
left join (
  select
    n.nspname as schema,
    has_table_privilege(c.oid, 'select') and has_schema_privilege(n.oid, 'usage') as reference_systems
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'spatial_ref_sys'
  where t.typname = 'geometry' and t.typtype = 'b'
  order by pg_catalog.pg_type_is_visible(t.oid) desc, t.oid
  limit 1
) g on true
