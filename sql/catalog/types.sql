-- Every type that a column can have, row types of tables and their arrays left out.
select
  t.oid,
  t.typname,
  t.typtype,
  t.typcategory,
  t.typbasetype,
  t.typtypmod,
  t.typnotnull,
  t.typelem,
  (
    select json_agg(e.enumlabel order by e.enumsortorder)
    from pg_catalog.pg_enum e
    where e.enumtypid = t.oid
  ) as labels
from pg_catalog.pg_type t
left join pg_catalog.pg_type element on element.oid = t.typelem
left join pg_catalog.pg_class c on c.oid = coalesce(nullif(t.typrelid, 0), nullif(element.typrelid, 0))
where t.typtype <> 'p' and (c.oid is null or c.relkind = 'c')
