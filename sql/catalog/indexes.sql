-- Usable indexes of the wanted relations: keys, and those that can find a box.
-- 20,000 indexes: 0.2 s.
with wanted (oid) as materialized (
  select * from unnest($1::oid[])
),
locked (oid) as materialized (
  select * from unnest($2::oid[])
)
select
  i.indrelid,
  am.amname,
  i.indisunique,
  i.indisprimary,
  i.indpred is not null as partial,
  i.indexprs is not null as has_expressions,
  i.indnkeyatts,
  i.indkey::text,
  case
    when am.amname in ('gist', 'spgist', 'brin') and i.indrelid not in (select l.oid from locked l)
    then pg_get_expr(i.indexprs, i.indrelid)
  end as expressions,
  case
    when am.amname in ('gist', 'spgist', 'brin') then (
      select json_agg(o.opcname order by k.position)
      from unnest(i.indclass::oid[]) with ordinality k (oid, position)
      join pg_catalog.pg_opclass o on o.oid = k.oid
    )
  end as operator_classes
from wanted w
join pg_catalog.pg_index i on i.indrelid = w.oid
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_am am on am.oid = c.relam
where i.indisvalid and i.indisready and i.indislive
  and (i.indisunique or am.amname in ('gist', 'spgist', 'brin'))
order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid
