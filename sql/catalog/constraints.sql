-- Check and exclusion constraints of the wanted relations: what AddRasterConstraints and the geometry columns of
-- PostGIS 1 left behind.
with wanted (oid) as materialized (
  select * from unnest($1::oid[])
)
select c.conrelid, c.contype, pg_get_constraintdef(c.oid) as definition
from wanted w
join pg_catalog.pg_constraint c on c.conrelid = w.oid
where c.contype in ('c', 'x')
order by c.conrelid, c.conname
