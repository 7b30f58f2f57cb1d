import { expect, test } from 'vitest';
import { parseRasterConstraints } from '../../../src/catalog/raster-constraints.ts';
import type { RasterConstraints } from '../../../src/catalog/raster-constraints.ts';

function parse(definitions: readonly string[], column = 'rast', kind = 'c'): RasterConstraints {
  return parseRasterConstraints(
    column,
    definitions.map((definition) => ({ kind, definition })),
  );
}

const EGM96_GRID =
  '0100000000000000000000D03F000000000000D0BF00000000008466C0000000000088564000000000000000000000000000000000E610000001000100';
const EGM96_EXTENT =
  '0103000020E6100000010000000500000000000000008466C000000000008856C000000000008466C0000000000088564000000000007C6640000000000088564000000000007C664000000000008856C000000000008466C000000000008856C0';

test('the constraints that raster2pgsql -C leaves', () => {
  const facts = parse([
    'CHECK ((st_srid(rast) = 4326))',
    'CHECK ((round((st_scaley(rast))::numeric, 10) = round((- 0.25), 10)))',
    'CHECK ((round((st_scalex(rast))::numeric, 10) = round(0.25, 10)))',
    'CHECK ((st_width(rast) = 120))',
    'CHECK ((st_height(rast) = ANY (ARRAY[103, 52])))',
    `CHECK (st_samealignment(rast, '${EGM96_GRID}'::raster))`,
    'CHECK ((st_numbands(rast) = 2))',
    "CHECK ((_raster_constraint_pixel_types(rast) = '{32BF,8BUI}'::text[]))",
    "CHECK ((_raster_constraint_nodata_values(rast) = '{NULL,255.0000000000}'::numeric[]))",
    "CHECK ((_raster_constraint_out_db(rast) = '{f,t}'::boolean[]))",
    `CHECK ((st_envelope(rast) @ '${EGM96_EXTENT}'::geometry)) NOT VALID`,
  ]);
  expect(facts).toEqual({
    srid: 4326,
    pixelWidth: 0.25,
    pixelHeight: 0.25,
    blockWidth: 120,
    blockHeight: 103,
    pixelTypes: ['32BF', '8BUI'],
    nodata: [undefined, 255],
    extent: [-180.125, -90.125, 179.875, 90.125],
    regularBlocking: false,
    overviewOf: undefined,
  });
});

test('without alignment the scale constraints tell the pixel, negative ones too', () => {
  const facts = parse([
    'CHECK ((round((st_scaley(rast))::numeric, 10) = round((- (30)::numeric), 10)))',
    'CHECK ((round((st_scalex(rast))::numeric, 10) = round(1e-05, 10)))',
  ]);
  expect([facts.pixelWidth, facts.pixelHeight]).toEqual([1e-5, 30]);
});

test('the way of PostGIS 2.0', () => {
  const facts = parse(['CHECK (((st_scalex(rast))::numeric(16,10) = (0.25)::numeric(16,10)))']);
  expect(facts.pixelWidth).toBe(0.25);
});

test('functions in another schema', () => {
  expect(parse(['CHECK ((gis.st_srid(rast) = 3857))', `CHECK (gis.st_samealignment(rast, '${EGM96_GRID}'::gis.raster))`])).toMatchObject({
    srid: 3857,
    pixelWidth: 0.25,
  });
});

test('an overview names its base, whatever is in the names', () => {
  expect(parse(["CHECK (_overview_constraint(rast, 16, 'my schema'::name, 'it''s'::name, 'Rast'::name))"]).overviewOf).toEqual({
    factor: 16,
    schema: 'my schema',
    table: "it's",
    column: 'Rast',
  });
});

test('constraints of another column do not count', () => {
  expect(parse(['CHECK ((st_srid(rast2) = 4326))', 'CHECK ((st_srid(therast) = 4326))']).srid).toBeUndefined();
});

test('a column whose name needs quotes', () => {
  expect(parse(['CHECK ((st_srid("My ""rast""") = 4326))'], 'My "rast"').srid).toBe(4326);
});

test('regular blocking is coverage tile and spatially unique', () => {
  const tile = { kind: 'c', definition: `CHECK (st_iscoveragetile(rast, '${EGM96_GRID}'::raster, 10, 10))` };
  const unique = { kind: 'x', definition: 'EXCLUDE USING gist (((rast)::geometry) WITH =)' };
  expect(parseRasterConstraints('rast', [tile, unique]).regularBlocking).toBe(true);
  expect(parseRasterConstraints('rast', [tile]).regularBlocking).toBe(false);
  expect(parseRasterConstraints('rast', [unique]).regularBlocking).toBe(false);
});

test('literals that end early tell nothing', () => {
  expect(
    parse([
      `CHECK (st_samealignment(rast, '${EGM96_GRID.slice(0, 60)}'::raster))`,
      `CHECK ((st_envelope(rast) @ '${EGM96_EXTENT.slice(0, 80)}'::geometry))`,
    ]),
  ).toMatchObject({
    pixelWidth: undefined,
    extent: undefined,
  });
});

test('no constraints tell nothing', () => {
  expect(parse([])).toMatchObject({ srid: undefined, pixelTypes: undefined, extent: undefined, overviewOf: undefined });
});
