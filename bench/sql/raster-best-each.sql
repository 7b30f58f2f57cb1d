-- The best single statement where each block is warped by itself and the pieces are united. Parameters as in
-- raster-best-union.sql.
with place as materialized (
  select bounds, ST_Expand(ST_Envelope(ST_Transform(bounds, 4326)), $4::float8) as box,
    ST_MakeEmptyRaster(256, 256, ST_XMin(bounds), ST_YMax(bounds), (ST_XMax(bounds) - ST_XMin(bounds)) / 256, (ST_YMin(bounds) - ST_YMax(bounds)) / 256, 0, 0, 3857) as reference
  from ST_TileEnvelope($1::int, $2::int, $3::int) as bounds
),
pieces as materialized (
  select ST_Transform(ST_Clip(rast, box), reference, 'Bilinear') as rast from relation, place where ST_ConvexHull(rast) && box
),
tile as materialized (
  select ST_Union(ST_Clip(rast, bounds)) as rast from pieces, place
)
select ST_AsPNG(case when $5::text is null then rast else ST_Reclass(rast, 1, $5::text, '8BUI') end) from tile
