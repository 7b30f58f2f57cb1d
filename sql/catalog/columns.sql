-- Columns of the wanted relations with comment and privilege.
-- 10,000 tables of 7 columns: 0.1 s.
with wanted (oid, table_select) as materialized (
  select * from unnest($1::oid[], $2::boolean[])
)
select
  a.attrelid,
  a.attnum,
  a.attname,
  a.atttypid,
  a.atttypmod,
  a.attnotnull,
  w.table_select or has_column_privilege(a.attrelid, a.attnum, 'select') as selectable,
  d.description
from wanted w
join pg_catalog.pg_attribute a on a.attrelid = w.oid
left join pg_catalog.pg_description d
  on d.objoid = a.attrelid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = a.attnum
where a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum
