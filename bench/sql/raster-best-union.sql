-- The best single statement where blocks are united before they are warped. $1 $2 $3: zoom, column and row; $4: four
-- pixels of the level in degrees; $5: how ST_Reclass stretches one band, null for colours. `relation` is the level's table.
with place as materialized (
  select bounds, ST_Expand(ST_Envelope(ST_Transform(bounds, 4326)), $4::float8) as box,
    ST_MakeEmptyRaster(256, 256, ST_XMin(bounds), ST_YMax(bounds), (ST_XMax(bounds) - ST_XMin(bounds)) / 256, (ST_YMin(bounds) - ST_YMax(bounds)) / 256, 0, 0, 3857) as reference
  from ST_TileEnvelope($1::int, $2::int, $3::int) as bounds
),
source as materialized (
  select ST_Union(ST_Clip(rast, box)) as rast from relation, place where ST_ConvexHull(rast) && box
),
stretched as materialized (
  select case when $5::text is null then rast else ST_Reclass(rast, 1, $5::text, '8BUI') end as rast from source
),
warped as materialized (
  select ST_Transform(rast, reference, 'Bilinear') as rast from stretched, place
),
tile as materialized (
  select ST_Clip(rast, bounds) as rast from warped, place
)
select ST_AsPNG(rast) from tile
