import { expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';

const TABLES = `
  create table heights (rid int primary key, rast raster);
  insert into heights select 1, st_mapalgebra(st_addband(st_makeemptyraster(40, 20, 0, 20, 1, -1, 0, 0, 4326), '32BF'::text, 1), 1, '32BF', '[rast.x] * 10');
  create table towns (id int primary key, geom geometry(Point, 4326));
  insert into towns values (1, 'srid=4326;point(5 5)')`;

const server = serveTables(TABLES);

/** What somebody gets wrong, and what they read then: what was asked, what was expected, what came instead. */
const MESSAGES: readonly (readonly [target: string, status: number, detail: string])[] = [
  ['heights/map?bidx=2', 400, 'Cannot read band 2 of heights: expected 1, the only one'],
  ['heights/map?bidx=0', 400, 'Cannot parse bidx "0": "0" is not the number of a band, counted from 1'],
  ['heights/map?expression=b2', 400, 'Cannot compute with "b2" of heights: expected b1'],
  ['heights/map?layers=a=heights,b=heights&formula=b-c', 400, 'Cannot compute with variable "c": expected one of a, b'],
  ['heights/map?expression=b1&bidx=1', 400, 'Cannot combine expression with bidx: give one of them'],
  [
    'heights/map?colormap_name=virdis',
    400,
    'Cannot parse colormap_name "virdis": there is no such colour map; did you mean viridis, viridis_r?',
  ],
  ['heights/map?colormap_name=', 400, 'Cannot parse colormap_name "": there is no such colour map; /colorMaps lists them all'],
  ['heights/map?rescale=1', 400, 'Cannot parse rescale "1": expected pairs such as 0,255, got one value'],
  ['heights/map?rescale=5,1', 400, 'Cannot parse rescale "5,1": 5 is above 1'],
  [
    'heights/map?rescale=p2,p200',
    400,
    'Cannot parse rescale "p2,p200": expected two numbers, "min,max" or percentiles from p0 to p100 such as "p2,p98", got "p2,p200"',
  ],
  ['heights/map?bbox=1,2,3', 400, 'Cannot parse bbox "1,2,3": expected 4 or 6 numbers, got 3'],
  ['heights/map?bbox=10,50,20,40', 400, 'Cannot parse bbox "10,50,20,40": its lower edge (50) is above its upper edge (40)'],
  ['heights/map?f=bmp', 400, 'Cannot answer as f="bmp": expected one of png, jpeg, webp, tiff, html'],
  [
    'heights/map?algorithm=hillshade&algorithm_params={"azimuth":"n"}',
    400,
    'Cannot use algorithm parameter azimuth="n": expected a number from 0 to 360',
  ],
  ['heights/map?clip=towns/7', 400, 'Cannot clip: there is no feature "7" in "towns"'],
  ['heights/map?subset=Lat(10:5)', 400, 'Cannot parse subset "Lat(10:5)": 10 is above 5'],
  ['heights/map/tiles/WebMercatorQuad/0/5/0', 404, 'The tile is outside tile matrix 0: rows 0 to 0, columns 0 to 0'],
  ['towns/statistics', 404, 'Collection "towns" holds features: this address is for rasters'],
  ['heights/point/a,b', 400, 'Cannot parse coordinates "a,b": expected 2 finite numbers separated by commas, got "a"'],
  ['heights/point/8', 400, 'Cannot parse coordinates "8": expected 2 numbers separated by commas, got 1'],
  ['heights/preview/0x0.png', 400, 'Cannot parse size "0x0.png": expected width and height of at least 1, as in 256x256.png'],
  ['heights/coverage?properties=b7', 400, 'There is no field "b7" in "heights": it has b1'],
  [
    'heights/coverage?f=cog&width=5000&height=5000',
    413,
    'Cannot compute 5000 × 5000 pixels at once: expected at most 16777216 (GRATICULE_MAX_PIXELS); in the cells of the table f=geotiff, asc and xyz give any number of them',
  ],
  ['nothing/map', 404, 'There is no collection "nothing"'],
];

test.each(MESSAGES)('%s: %i %s', async (target, status, detail) => {
  const answer = await fetch(`${server.root}/collections/${target}`);
  expect(await answer.json()).toMatchObject({ status, detail });
});

test.each([
  ['{"type":"Point","coordinates":[1,2]}', 'Cannot read the body as GeoJSON: expected a Polygon or MultiPolygon, got "Point"'],
  ['{"type":"Polygon"}', 'Cannot read the body as GeoJSON: coordinates must be arrays, got nothing'],
  [
    '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}}]}',
    'Cannot read the body as GeoJSON: features[0]: a ring needs at least four positions',
  ],
])('statistics of %s', async (body, detail) => {
  const answer = await fetch(`${server.root}/collections/heights/statistics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/geo+json' },
    body,
  });
  expect(await answer.json()).toMatchObject({ status: 400, detail });
});
