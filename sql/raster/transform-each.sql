-- Maps the positions in graticule.positions (x, y, x, y …) one by one where PROJ refuses their batch: a position outside of
-- the projection raises an error, which no expression of SQL can catch, and becomes NaN here. A DO block takes and gives
-- nothing, so that both go through settings of the transaction. Positions must come back to where they were, or nearly.
-- Between CRSs that nothing joins, such as those of two planets, no position is mapped: PostGIS looks for a way anew each
-- time, for 0.1 s, and so is asked once.
do $$
declare
  positions float8[] := current_setting('graticule.positions');
  source int := current_setting('graticule.source');
  target int := current_setting('graticule.target');
  slack float8 := current_setting('graticule.slack');
  chunk constant int := 32;
  total int := coalesce(array_length(positions, 1), 0) / 2;
  start int := 1;
  place geometry;
  moved geometry;
  part float8[];
  mapped float8[] := '{}';
begin
  while start <= total loop
    begin
      select array_agg(case when known then case axis when 0 then st_x(there) else st_y(there) end else 'NaN' end order by n, axis)
      into part
      from generate_series(start, least(total, start + chunk - 1)) as n,
        lateral st_setsrid(st_makepoint(positions[2 * n - 1], positions[2 * n]), source) as here,
        lateral st_transform(here, target) as there,
        lateral (select st_distance(here, st_transform(there, source)) <= slack) as checked (known),
        generate_series(0, 1) as axis;
    exception when others then
      if sqlerrm like 'could not form projection%' then
        mapped := array_fill('NaN'::float8, array[2 * total]);
        exit;
      end if;
      part := '{}';
      for n in start .. least(total, start + chunk - 1) loop
        begin
          place := st_setsrid(st_makepoint(positions[2 * n - 1], positions[2 * n]), source);
          moved := st_transform(place, target);
          if st_distance(place, st_transform(moved, source)) <= slack then
            part := part || array[st_x(moved), st_y(moved)];
          else
            part := part || array['NaN', 'NaN']::float8[];
          end if;
        exception when others then
          part := part || array['NaN', 'NaN']::float8[];
        end;
      end loop;
    end;
    mapped := mapped || part;
    start := start + chunk;
  end loop;
  perform set_config('graticule.positions', mapped::text, true);
end
$$
