-- The function that people write: clip the blocks to the tile, unite them, warp with CubicSpline onto the tile's grid,
-- colour one band by a map, PNG. `low` and `high` are the ends of the stretch; it is given the table of the right level.
create or replace function pg_temp.usual_tile(relation regclass, z int, x int, y int, low float8, high float8)
returns bytea language plpgsql stable as $$
declare
  bounds geometry := ST_TileEnvelope(z, x, y);
  reference raster := ST_MakeEmptyRaster(256, 256, ST_XMin(bounds), ST_YMax(bounds), (ST_XMax(bounds) - ST_XMin(bounds)) / 256, (ST_YMin(bounds) - ST_YMax(bounds)) / 256, 0, 0, 3857);
  picture raster;
  pixel float8;
begin
  execute format('select ST_ScaleX(rast) from %s limit 1', relation) into pixel;
  execute format('select ST_Union(ST_Clip(rast, $1)) from %s where ST_Intersects(rast, $1)', relation)
    using ST_Expand(ST_Envelope(ST_Transform(bounds, 4326)), 4 * pixel) into picture;
  if picture is null then
    return null;
  end if;
  picture := ST_Clip(ST_Transform(picture, reference, 'CubicSpline'), bounds);
  if ST_NumBands(picture) = 1 then
    picture := ST_ColorMap(picture, 1, format(E'%s 255 255 255 255\n%s 0 0 0 255\nnv 0 0 0 0', high, low), 'INTERPOLATE');
  end if;
  return ST_AsPNG(picture);
end $$;
