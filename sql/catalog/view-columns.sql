-- Spatial columns of tables that the wanted views are made of.
with wanted (oid) as materialized (
  select * from unnest($1::oid[])
)
select distinct w.oid as view, d.refobjid as relation, a.attnum, a.attname, a.atttypmod
from wanted w
join pg_catalog.pg_rewrite r on r.ev_class = w.oid
join pg_catalog.pg_depend d
  on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
  and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.refobjid <> w.oid
join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
join pg_catalog.pg_type t on t.oid = a.atttypid
where t.typname in ('geometry', 'geography', 'raster')
