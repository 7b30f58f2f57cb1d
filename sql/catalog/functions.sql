-- Functions that could be collections: set-returning ones with named arguments and a spatial column, and
-- (z, x, y[, …]) returning bytea.
with recursive spatial_type (oid) as (
  select t.oid
  from pg_catalog.pg_type t
  where t.typname in ('geometry', 'geography', 'raster') and t.typtype = 'b'
  union
  select t.oid
  from pg_catalog.pg_type t
  join spatial_type s on s.oid = t.typbasetype
  where t.typtype = 'd'
)
select n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) as arguments, p.proretset as returns_set
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_type r on r.oid = p.prorettype
where p.prokind = 'f'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and has_schema_privilege(n.oid, 'usage')
  and has_function_privilege(p.oid, 'execute')
  and (p.pronargs = 0 or '' <> all (p.proargnames[1:p.pronargs]))
  and (
    (
      p.proretset
      and (
        p.prorettype in (select s.oid from spatial_type s)
        or exists (
          select
          from unnest(p.proallargtypes, p.proargmodes) x (type, mode)
          join spatial_type s on s.oid = x.type
          where x.mode in ('t', 'o', 'b')
        )
        or exists (
          select
          from pg_catalog.pg_attribute a
          join spatial_type s on s.oid = a.atttypid
          where a.attrelid = nullif(r.typrelid, 0) and a.attnum > 0 and not a.attisdropped
        )
      )
    )
    or (
      not p.proretset
      and p.prorettype = 'bytea'::regtype
      and lower(array_to_string(p.proargnames[1:3], ',')) = 'z,x,y'
    )
  )
  and not exists (
    select
    from pg_catalog.pg_depend e
    where e.classid = 'pg_catalog.pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e'
  )
order by n.nspname = 'public' desc, n.nspname, p.proname, arguments
