import type { BadInput } from './row.ts';

const MAP = '/collections/heights/map';
const COVERAGE = '/collections/heights/coverage';

/** Maps (OGC 20-058) and coverages (OGC 21-026). */
export const RASTER_ROWS: readonly BadInput[] = [
  ...['0', '-5', '1.5', 'abc'].map((width) => row('H1', `${MAP}?width=${width}`, 400, 'invalid-parameter')),
  row('H2', `${MAP}?width=100000`, 413, 'content-too-large'),
  row('H3', `${MAP}?width=4096&height=4096`, 413, 'content-too-large'),
  row('H4', `${MAP}?width=NaN`, 400, 'invalid-parameter'),
  row('H5', `${MAP}?bbox=0,48,1,49&center=0.5,48.5&width=10&height=10`, 400, 'conflicting-parameters'),
  row('H6', `${MAP}?bbox=0,48,1,49&subset=Lat(48:49)`, 400, 'conflicting-parameters'),
  row('H7', `${MAP}?scale-denominator=1000000&width=10&bbox=0,48,1,49`, 400, 'conflicting-parameters'),
  ...['0', '-1'].map((scale) => row('H8', `${MAP}?scale-denominator=${scale}`, 400, 'invalid-parameter')),
  row('H9', `${MAP}?mm-per-pixel=0`, 400, 'invalid-parameter'),
  row('H10', `${MAP}?bbox=0,48,1,49&bbox-crs=EPSG:999999`, 400, 'unsupported-crs'),
  row('H11', `${MAP}?crs=EPSG:999999`, 400, 'unsupported-crs'),
  ...['notacolor', '0xGGGGGG'].map((color) => row('H12', `${MAP}?bgcolor=${color}`, 400, 'invalid-parameter')),
  row('H13', `${MAP}?transparent=TRUE`, 400, 'invalid-parameter'),
  row('H14', '/map?collections=nope', 400, 'invalid-parameter'),
  row('H15', `/map?collections=${Array.from({ length: 1000 }, (_, n) => `c${n}`).join(',')}`, 400, 'invalid-parameter'),
  row('H16', '/collections/scenes/map?datetime=1900-01-01T00:00:00Z', 404, 'not-found'),
  row('H17', `${MAP}?subset=Foo(1:2)`, 400, 'invalid-parameter'),
  row('H18', `${MAP}?subset=Lat(95:99)`, 404, 'not-found'),
  row('H19', `${MAP}?bbox=1,48,1,48`, 400, 'invalid-parameter'),
  row('H20', '/collections/heights/styles/nope/map', 404, 'not-found'),
  row('H21', `${MAP}?f=image/nope`, 400, 'invalid-parameter'),
  ...['foo', 'gzip'].map((coding): BadInput => ({
    id: 'A22',
    fact: `a body coded as ${coding}`,
    method: 'POST',
    target: '/collections/heights/statistics',
    headers: { 'Content-Type': 'application/geo+json', 'Content-Encoding': coding },
    status: 415,
    slug: 'unsupported-media-type',
  })),
  row('I1', `${COVERAGE}?subset=Foo(1)`, 400, 'invalid-parameter'),
  row('I2', `${COVERAGE}?subset=Lat(10`, 400, 'invalid-parameter'),
  row('I3', `${COVERAGE}?subset=Lat(20:10)`, 400, 'invalid-parameter'),
  row('I4', `${COVERAGE}?subset=Lat(91:99)`, 404, 'not-found'),
  row('I5', `${COVERAGE}?subset=Lat(0:1)&bbox=0,0,1,1`, 400, 'conflicting-parameters'),
  row('I6', '/collections/scenes/coverage?subset=time(%222020%22)&datetime=2020-01-01T00:00:00Z', 400, 'conflicting-parameters'),
  row('I7', `${COVERAGE}?properties=nope`, 400, 'invalid-parameter'),
  row('I8', `${COVERAGE}?properties=a&exclude-properties=b`, 400, 'conflicting-parameters'),
  ...['0', '-1', 'abc'].map((factor) => row('I9', `${COVERAGE}?scale-factor=${factor}`, 400, 'invalid-parameter')),
  row('I10', `${COVERAGE}?width=1000000`, 413, 'content-too-large'),
  row('I12', `${COVERAGE}?crs=EPSG:999999`, 400, 'unsupported-crs'),
  row('I15', '/collections/roads/coverage', 404, 'not-found'),
];

function row(id: string, target: string, status: number, slug: string): BadInput {
  return { id, fact: target.slice(0, 80), target, status, slug };
}
