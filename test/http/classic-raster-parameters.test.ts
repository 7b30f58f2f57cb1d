import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backgroundParameters } from '../../src/http/params/raster/background-parameters.ts';
import { clipParameters } from '../../src/http/params/raster/clip-parameters.ts';
import { lookParameters } from '../../src/http/params/raster/look-parameters.ts';
import { rowParameters } from '../../src/http/params/raster/row-parameters.ts';
import { subsetParameter } from '../../src/http/params/raster/subset-parameter.ts';
import { tileLookParameters } from '../../src/http/params/raster/tile-parameters.ts';
import type { WireAnswer } from './bad-inputs/wire.ts';
import { pixelsOf, startClassicService, textOf, type ClassicService, type Words } from './classic/service.ts';

// Every parameter of rasters on WMS and WMTS: the picture is that of OGC API Maps and Tiles with the same words, and
// another one than without them.

const SQL = `${readFileSync(new URL('../fixtures/django-raster.sql', import.meta.url), 'utf8')};
  create table areas (id integer primary key, geom geometry(Polygon, 4326));
  insert into areas values (1, st_geomfromtext('POLYGON((9.4 49.2, 10.2 49.3, 9.8 49.9, 9.4 49.2))', 4326));
  create table faint (rid integer primary key, rast raster not null);
  comment on table faint is '{"bands": [{"scale": 0.5, "offset": 10}, {}, {}]}';
  insert into faint values (1, st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), array[
    row(1, '8BUI', 100, null), row(2, '8BUI', 60, null), row(3, '8BUI', 30, null)]::addbandarg[]));
  update faint set rast = st_setvalues(rast, 1, 1, 1, 32, 64, 0);
  update faint set rast = st_setvalues(st_setvalues(rast, 2, 1, 1, 32, 64, 0), 3, 1, 1, 32, 64, 0);
  select addrasterconstraints('faint'::name, 'rast'::name);
  create table stack (rid integer primary key, cloud float8, rast raster not null);
  insert into stack select n, 10 * n, st_addband(st_makeemptyraster(64, 64, 9, 51, 0.03125, -0.03125, 0, 0, 4326), '8BUI'::text, 40 * n, null) from generate_series(1, 3) n;
  select addrasterconstraints('stack'::name, 'rast'::name);
  grant select on all tables in schema public to public; analyze`;

interface Trial {
  /** Values that change the picture. */
  readonly value: string;
  readonly layer?: string;
  /** Parameters that have to go with it. */
  readonly beside?: Words;
  readonly bad?: string;
  /** Tiles stay as they are, whoever serves them. */
  readonly idle?: true;
}

/** Of one band unless a layer is named, 0 in the west to 63 in the east, no data in the north. */
const TRIALS: Readonly<Record<string, Trial>> = {
  bidx: { value: '2', layer: 'quarters', bad: '0' },
  expression: { value: 'b1**2', bad: 'b1+' },
  rescale: { value: '0,20', bad: '1' },
  colormap_name: { value: 'magma', bad: 'nope' },
  colormap: { value: '[[[0,20],[255,0,0,255]],[[20,64],[0,0,255,255]]]', bad: '{' },
  legend: { value: 'land use', beside: { rescale: '0,3' } },
  color_formula: { value: 'gamma rgb 3', bad: 'gamma x' },
  algorithm: { value: 'hillshade', bad: 'nope' },
  algorithm_params: { value: '{"increment": 5}', beside: { algorithm: 'contours' }, bad: '{' },
  nodata: { value: '20', bad: 'x' },
  unscale: { value: 'true', layer: 'faint', beside: { bidx: '1', rescale: '0,200' }, bad: 'perhaps' },
  resampling: { value: 'nearest', bad: 'nope' },
  reproject: { value: 'nearest', bad: 'nope' },
  return_mask: { value: 'false', bad: 'perhaps' },
  categorical: { value: 'true', bad: 'perhaps' },
  formula: { value: 'b1^2', bad: 'b1+' },
  scale: { value: '0,20', bad: 'x' },
  alpha: { value: 'true', layer: 'faint', bad: 'perhaps' },
  enhance_color: { value: '0.2', layer: 'faint', bad: '-1' },
  enhance_contrast: { value: '0.2', layer: 'faint', bad: 'x' },
  enhance_brightness: { value: '0.5', layer: 'faint', bad: '101' },
  enhance_sharpness: { value: '0', layer: 'quarters', bad: '-1' },
  datetime: { value: '2020-05-01T00:00:00Z', layer: 'scenes', beside: { rescale: '0,255' }, bad: 'yesterday' },
  pixel_selection: { value: 'lowest', layer: 'scenes', beside: { rescale: '0,255' }, bad: 'nope' },
  clip: { value: 'areas/1', bad: 'areas' },
  'clip-buffer': { value: '5km', beside: { clip: 'areas/1' }, bad: '5 miles' },
  bgcolor: { value: '0x102030', bad: 'nope' },
  transparent: { value: 'false', bad: 'perhaps' },
  'void-color': { value: '0x102030', bad: 'nope', idle: true },
  'void-transparent': { value: 'false', bad: 'perhaps', idle: true },
  layers: { value: 'r=faint,g:1=faint,b=slope', bad: 'x' },
  'scale-denominator': { value: '2000000', bad: '0' },
  subset: { value: 'cloud(20)', layer: 'stack', beside: { rescale: '0,255' }, bad: 'cloud(' },
  'subset-crs': { value: 'EPSG:4326', bad: 'nope', idle: true },
  tilesize: { value: '100', bad: '0' },
  width: { value: '100', bad: '0' },
  height: { value: '100', bad: 'x' },
  'mm-per-pixel': { value: '0.14', bad: '0', idle: true },
  buffer: { value: '8', bad: '-1' },
  padding: { value: '8', bad: '-1', idle: true },
};

const names = (...records: readonly Readonly<Record<string, { readonly name: string }>>[]): readonly string[] => [
  ...new Set(records.flatMap((record) => Object.values(record).map(({ name }) => name))),
];
const MAP_NAMES = names(lookParameters, rowParameters, clipParameters, backgroundParameters, { subset: subsetParameter });
const TILE_NAMES = names(tileLookParameters);

/** Of the words of a map, those that WMS spells like OGC API and means otherwise where they are absent. */
const OWN_WORDS = new Set(['bgcolor', 'transparent']);

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService({ sql: SQL });
});

afterAll(async () => {
  await service?.close();
});

const trialOf = (name: string): Trial => TRIALS[name] ?? { value: '' };
const layerOf = (name: string): string => trialOf(name).layer ?? 'slope';
const query = (words: Words): string => new URLSearchParams(words).toString();

function wms(layer: string, words: Words, frame: Words = {}): Promise<WireAnswer> {
  const map = { SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetMap', STYLES: '', FORMAT: 'image/png', WIDTH: '60', HEIGHT: '50' };
  return service.ask('/wms', { ...map, LAYERS: layer, CRS: 'EPSG:4326', BBOX: '49,8.9,51,11.1', TRANSPARENT: 'true', ...frame, ...words });
}

function map(layer: string, words: Words, frame: Words = {}): Promise<WireAnswer> {
  const area = { bbox: '49,8.9,51,11.1', 'bbox-crs': '[EPSG:4326]', crs: '[EPSG:4326]', width: '60', height: '50', f: 'png' };
  return service.get(`/collections/${layer}/map?${query({ ...area, ...frame, ...words })}`);
}

const wmts = (layer: string, words: Words): Promise<WireAnswer> =>
  service.get(`/wmts/${layer}/default/WebMercatorQuad/7/43/67.png?${query(words)}`);
const tile = (layer: string, words: Words): Promise<WireAnswer> =>
  service.get(`/collections/${layer}/map/tiles/WebMercatorQuad/7/43/67?${query({ f: 'png', ...words })}`);

test('all parameters of rasters are tried', () => {
  expect(Object.keys(TRIALS).toSorted()).toEqual([...new Set([...MAP_NAMES, ...TILE_NAMES])].toSorted());
});

describe('GetMap takes', () => {
  test.each(MAP_NAMES.filter((name) => !name.startsWith('void-')))('%s as maps do', async (name) => {
    const { value, beside = {} } = trialOf(name);
    const [shown, same, plain] = await Promise.all([
      wms(layerOf(name), {
        ...beside,
        ...(OWN_WORDS.has(name) ? { TRANSPARENT: 'false', [name.toUpperCase()]: value } : { [name]: value }),
      }),
      map(layerOf(name), { ...beside, [name]: value }),
      wms(layerOf(name), beside),
    ]);
    expect(shown.body.equals(same.body), `${textOf(same).slice(0, 300)}`).toBe(true);
    const [a, b] = [await pixelsOf(shown), await pixelsOf(plain)];
    expect(a.data.equals(b.data)).toBe(false);
  });

  // A box of degrees beyond the pole.
  test.each([
    ['void-color', { 'void-color': '0x102030' }],
    ['void-transparent', { 'void-transparent': 'false' }],
  ] as const)('%s as maps do', async (_, words) => {
    const polar = { bbox: '88,8.9,92,11.1' };
    const [shown, same, plain] = await Promise.all([
      wms('slope', words, { BBOX: polar.bbox }),
      map('slope', { transparent: 'true', ...words }, polar),
      wms('slope', {}, { BBOX: polar.bbox }),
    ]);
    expect(shown.body.equals(same.body), textOf(same).slice(0, 300)).toBe(true);
    expect((await pixelsOf(shown)).data.equals((await pixelsOf(plain)).data)).toBe(false);
  });

  test.each(
    Object.entries(TRIALS).flatMap(([name, { bad }]) => (bad === undefined || !MAP_NAMES.includes(name) ? [] : [[name, bad] as const])),
  )('%s with a value that it has, not with %s', async (name, bad) => {
    const answer = await wms('slope', {
      ...(name === 'algorithm_params' ? { algorithm: 'contours' } : {}),
      [OWN_WORDS.has(name) ? name.toUpperCase() : name]: bad,
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'text/xml']);
    expect(textOf(answer)).toMatch(new RegExp(`<ServiceException locator="${name}">[^<]*${name}`, 'i'));
  });
});

describe('GetTile takes', () => {
  test.each(TILE_NAMES)('%s as map tiles do', async (name) => {
    const { value, beside = {}, idle } = trialOf(name);
    const [shown, same, plain] = await Promise.all([
      wmts(layerOf(name), { ...beside, [name]: value }),
      tile(layerOf(name), { ...beside, [name]: value }),
      wmts(layerOf(name), beside),
    ]);
    expect(shown.body.equals(same.body), textOf(same).slice(0, 300)).toBe(true);
    const [a, b] = [await pixelsOf(shown), await pixelsOf(plain)];
    if (idle !== true) expect(a.data.equals(b.data)).toBe(false);
  });

  test.each(
    Object.entries(TRIALS).flatMap(([name, { bad }]) => (bad === undefined || !TILE_NAMES.includes(name) ? [] : [[name, bad] as const])),
  )('%s with a value that it has, not with %s', async (name, bad) => {
    const answer = await wmts('slope', { [name]: bad });
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'application/xml']);
    expect(textOf(answer)).toContain(`exceptionCode="InvalidParameterValue" locator="${name}"`);
  });
});

describe('GetFeatureInfo tells', () => {
  const byMap = (layer: string, words: Words): Promise<WireAnswer> =>
    wms(layer, { REQUEST: 'GetFeatureInfo', QUERY_LAYERS: layer, INFO_FORMAT: 'text/plain', I: '22', J: '40', ...words });
  const byTile = (layer: string, words: Words): Promise<WireAnswer> =>
    service.get(`/wmts/${layer}/default/WebMercatorQuad/7/43/67/128/200.txt?${query(words)}`);

  // Column 22 of 60 in 2.2° from 8.9° east: sample 25 of 1/32° from 9° east; row 40 of 50 in 2° from 51° north: 49.4° north.
  test.each([
    ['all bands', 'faint', { I: '40' }, 'b1 = 100\n  b2 = 60\n  b3 = 30'],
    ['the bands that are shown', 'faint', { I: '40', bidx: '3,1' }, 'b3 = 30\n  b1 = 100'],
    ['what they mean', 'faint', { I: '40', unscale: 'true', bidx: '1' }, 'b1 = 60'],
    ['what is computed', 'slope', { expression: 'b1*2;b1+0.5' }, 'b1*2 = 46\n  b1+0.5 = 23.5'],
    ['what is computed in the other language', 'slope', { formula: 'b1^2' }, 'b1^2 = 529'],
    ['what lies within', 'slope', { clip: 'areas/1' }, 'b1 = 23'],
    ['that nothing is where a value counts as none', 'slope', { nodata: '23' }, 'no data'],
  ] as const)('%s', async (_, layer, words, expected) => {
    expect(textOf(await byMap(layer, words))).toBe(`Layer ${layer}\n  ${expected}\n`);
  });

  test('that nothing is where the picture is cut away', async () => {
    expect(textOf(await byMap('slope', { clip: 'areas/1', J: '48' }))).toBe('Layer slope\n  no data\n');
    expect(textOf(await byMap('slope', { clip: 'areas/1', 'clip-buffer': '200km', J: '48' }))).toBe('Layer slope\n  b1 = 23\n');
  });

  test('the same by WMTS', async () => {
    expect(textOf(await byTile('slope', { expression: 'b1*2' }))).toMatch(/^Layer slope\n  b1\*2 = \d+\n$/);
    expect(textOf(await byTile('faint', { bidx: '2' }))).toMatch(/^Layer faint\n  b2 = 60\n$/);
    expect(textOf(await byTile('slope', { clip: 'areas/1', 'clip-buffer': '1' }))).toMatch(/^Layer slope\n  (b1 = \d+|no data)\n$/);
  });
});
