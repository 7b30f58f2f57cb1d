-- Every table, view, materialised view and foreign table that is not the system's or an extension's own, with what
-- the connecting role may do with it. Partitions are listed too: their parents take row counts and indexes from them.
-- 10,000 tables with a key and a spatial index each (30,000 relations): 0.13 s on 2 cores, PostgreSQL 15.
with recursive spatial_type (oid) as (
  select t.oid
  from pg_catalog.pg_type t
  where t.typname in ('geometry', 'geography', 'raster') and t.typtype = 'b'
  union
  select t.oid
  from pg_catalog.pg_type t
  join spatial_type s on s.oid = t.typbasetype
  where t.typtype = 'd'
),
spatial_relation (oid) as (
  select distinct a.attrelid
  from pg_catalog.pg_attribute a
  join spatial_type s on s.oid = a.atttypid
  where a.attnum > 0 and not a.attisdropped
),
-- PostgreSQL's texts of constraints and index expressions wait for such locks, also for those that are still waited for.
locked_relation (oid) as materialized (
  select distinct l.relation
  from pg_catalog.pg_locks l
  join pg_catalog.pg_database db on db.oid = l.database and db.datname = current_database()
  where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid <> pg_backend_pid()
)
select
  c.oid,
  n.nspname,
  c.relname,
  c.relkind,
  s.oid is not null as spatial,
  case when c.relispartition then i.inhparent end as parent,
  has_schema_privilege(n.oid, 'usage') as schema_usage,
  has_table_privilege(c.oid, 'select') as table_select,
  has_any_column_privilege(c.oid, 'select') as column_select,
  c.relispopulated,
  case when c.reltuples > 0 or c.relpages > 0 then c.reltuples::bigint else -1 end as row_count,
  c.relrowsecurity and row_security_active(c.oid) as row_security,
  c.relfilenode,
  d.description,
  l.oid is not null as locked
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join spatial_relation s on s.oid = c.oid
left join locked_relation l on l.oid = c.oid
left join pg_catalog.pg_inherits i on c.relispartition and i.inhrelid = c.oid
left join pg_catalog.pg_description d
  on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and not exists (
    select
    from pg_catalog.pg_depend e
    where e.classid = 'pg_catalog.pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'
  )
order by n.nspname = 'public' desc, n.nspname, c.relname
