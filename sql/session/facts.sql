-- What a new connection must know about itself: one row.
select pg_backend_pid() as pid,
       r.rolname as role,
       r.rolsuper as superuser,
       r.rolbypassrls as bypasses_rls,
       -- Schemas of PostGIS that the role's search_path does not reach.
       (select string_agg(quote_ident(n.nspname), ', ' order by e.extname)
          from pg_catalog.pg_extension e
          join pg_catalog.pg_namespace n on n.oid = e.extnamespace
         where e.extname in ('postgis', 'postgis_raster')
           and n.nspname <> all (pg_catalog.current_schemas(true))) as missing_schemas,
       pg_catalog.current_setting('search_path') as search_path,
       exists (select from pg_catalog.pg_class c
                where c.relowner = r.oid and c.relkind in ('r', 'p', 'm', 'v', 'f')
                  and c.relnamespace <> all (select n.oid from pg_catalog.pg_namespace n
                                              where n.nspname in ('pg_catalog', 'information_schema')
                                                 or n.nspname like 'pg\_%')) as owns_relations
  from pg_catalog.pg_roles r
 where r.rolname = current_user
