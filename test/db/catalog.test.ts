import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCollection } from '../../src/catalog/catalog.ts';
import type { Catalog, Finding } from '../../src/catalog/catalog.ts';
import type { RasterCollection, VectorCollection } from '../../src/catalog/collection.ts';
import { discover } from '../../src/catalog/discover.ts';
import { explainJson, explainText } from '../../src/catalog/explain.ts';
import { createSampleMemory } from '../../src/catalog/open-columns.ts';
import type { SelectionOptions } from '../../src/catalog/select-relations.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

// The odd tables as the reader sees them.

let source: TestDatabase;
let database: Database;
let catalog: Catalog;

beforeAll(async () => {
  source = await createTestDatabase('odd');
  await source.query(`
    create schema shut;
    create table shut.away (id int primary key, geom geometry(Point, 4326));
    revoke all on schema shut from public, graticule_reader;
    create schema twin_geoms;
    create table twin_geoms.b (id int primary key, geom geometry(Point, 4326));
    create table public.twin_geoms (id int primary key, a geometry(Point, 4326), b geometry(Point, 4326));
    create table odd.srid_unheard_of (id int primary key, geom geometry);
    insert into odd.srid_unheard_of values (1, st_setsrid('POINT(1 2)'::geometry, 990001));
    create table odd.hidden_column (id int primary key, secret text, geom geometry(Point, 4326), other geometry(Point, 3857));
    comment on column odd.hidden_column.secret is '{"hidden": true}';
    comment on column odd.hidden_column.geom is '{"hidden": true}';
    comment on column odd.hidden_column.other is 'The only one left';
    create table odd.array_of_points (id int primary key, points geometry(Point, 4326)[], geom geometry(Point, 4326));
    create view odd.keyed_view as select number, region, geom from odd.composite_key;
    comment on view odd.keyed_view is '{"id": ["region", "number"], "title": "Keyed"}';
    create view odd.failing_view as select 1 / (id - id) as n, st_setsrid(st_makepoint(1 / (id - id), 0), 4326) as geom from odd.not_null;
    create table odd.nd_index (id int primary key, geom geometry(Point, 4326));
    create index on odd.nd_index using gist (geom gist_geometry_ops_nd);
    create table odd.banded (rid int primary key, rast raster);
    comment on column odd.banded.rast is '{"bands": [{"name": "depth", "unit": "m", "nodata": 7}], "title": "Depth"}';
    insert into odd.banded values (1, odd.ramp(8, 8, 8, 48, 0.1, 4326));
    create table odd.huge_raster (rid int primary key, rast raster);
    insert into odd.huge_raster select n, st_addband(st_makeemptyraster(10, 10, n * 500, 48, 0.1, -0.1, 0, 0, 4326), '8BUI'::text) from generate_series(0, 1) n;
    create table odd.postgis_1 (id int primary key, the_geom geometry);
    alter table odd.postgis_1 add check (st_srid(the_geom) = 31467), add check (st_ndims(the_geom) = 2), add check (geometrytype(the_geom) = 'LINESTRING' or the_geom is null);
    create table odd.many_blocks (rid int primary key, rast raster);
    insert into odd.many_blocks select n, st_addband(st_makeemptyraster(2, 2, n, 0, 0.5, -0.5, 0, 0, 3857), '8BUI'::text) from generate_series(0, 599) n;
    create table odd.regular (rid int primary key, rast raster);
    insert into odd.regular select n, st_addband(st_makeemptyraster(10, 10, 8 + n, 48, 0.1, -0.1, 0, 0, 4326), '16BSI'::text, 1, -5) from generate_series(0, 2) n;
    select addrasterconstraints('odd'::name, 'regular'::name, 'rast'::name, 'regular_blocking', 'srid', 'scale', 'blocksize', 'num_bands', 'pixel_types', 'nodata_values', 'same_alignment', 'extent');
    grant usage on schema twin_geoms to graticule_reader;
    grant select on all tables in schema twin_geoms to graticule_reader;
    grant select on public.twin_geoms, odd.srid_unheard_of, odd.hidden_column, odd.array_of_points, odd.keyed_view, odd.failing_view, odd.nd_index, odd.banded, odd.huge_raster, odd.postgis_1, odd.many_blocks, odd.regular to graticule_reader;
  `);
  database = await openDatabase({
    connection: source.reader,
    poolSize: 2,
    statementTimeoutMs: 5_000,
    streamLimitMs: 20_000,
    observe: () => undefined,
  });
  catalog = await load();
});

afterAll(async () => {
  await database.close();
  await source.close();
});

async function load(options: Partial<SelectionOptions> = {}): Promise<Catalog> {
  const selection = { include: [], exclude: [], nonSpatialTables: false, ...options };
  const { catalog: loaded } = await discover(database, selection, createSampleMemory(), new AbortController().signal);
  return loaded;
}

function vector(id: string, from = catalog): VectorCollection {
  const collection = findCollection(from, id);
  if (collection?.kind !== 'vector') throw new Error(`No vector collection ${id}`);
  return collection;
}

function raster(id: string): RasterCollection {
  const collection = findCollection(catalog, id);
  if (collection?.kind !== 'raster') throw new Error(`No raster collection ${id}`);
  return collection;
}

function found(relation: string, from = catalog): readonly Finding[] {
  return from.findings.filter((finding) => finding.relation === relation);
}

function codes(relation: string, from = catalog): readonly string[] {
  return found(relation, from).map(({ code }) => code);
}

const keyOf = (id: string): readonly string[] => vector(id).key.map(({ name }) => name);

describe('names', () => {
  test('an id is the bare name in public and schema.table elsewhere, parts with dots or quotes quoted', () => {
    for (const id of [
      'twin',
      'odd.twin',
      '"odd.twin"',
      'odd."dots.in.name"',
      'odd."quo""te"',
      'odd.".."',
      'Mixed Case.Table',
      '"a.b"."c.d"',
    ]) {
      expect(catalog.collections.has(id), id).toBe(true);
    }
    expect(vector('odd.twin').relation.schema).toBe('odd');
    expect(vector('"odd.twin"').relation).toMatchObject({ schema: 'public', name: 'odd.twin' });
  });

  test('public.table and table.geometry lead to the canonical id', () => {
    expect(findCollection(catalog, 'public.twin')?.id).toBe('twin');
    expect(findCollection(catalog, 'twin.geom')?.id).toBe('twin');
    expect(findCollection(catalog, 'odd.two_geometries.area')?.id).toBe('odd.two_geometries');
  });

  test('names of Object.prototype, controls and 63 bytes are ids like others', () => {
    expect(vector('odd.__proto__').properties.map(({ name }) => name)).toEqual(['id', 'constructor', '__proto__', 'toString']);
    expect(catalog.collections.has('odd.new\nline\ttab')).toBe(true);
    expect(findCollection(catalog, '__proto__')).toBeUndefined();
  });

  test('the first geometry is the table, another is table.column', () => {
    expect(vector('odd.two_geometries').geometry?.name).toBe('area');
    expect(vector('odd.two_geometries.entrance').geometry?.name).toBe('entrance');
    expect(raster('odd.geometry_and_raster.rast').column).toBe('rast');
    expect(vector('odd.geometry_and_raster').geometry?.name).toBe('geom');
    expect(raster('odd.raster_two_columns').column).toBe('first');
    expect(raster('odd.raster_two_columns.second').column).toBe('second');
  });

  test('a column yields its id to a relation of that name and says so', () => {
    expect(vector('twin_geoms.b').relation).toMatchObject({ schema: 'twin_geoms', name: 'b' });
    expect(vector('twin_geoms.b~').relation).toMatchObject({ schema: 'public', name: 'twin_geoms' });
    expect(codes('public.twin_geoms')).toContain('id-conflict');
  });

  test('a column without conflict is reachable with a tilde too', () => {
    expect(findCollection(catalog, 'odd.two_geometries.entrance~')?.id).toBe('odd.two_geometries.entrance');
  });
});

describe('keys', () => {
  test.each([
    ['odd.composite_key', ['region', 'number']],
    ['odd.unique_key', ['code']],
    ['odd.uuid_key', ['id']],
    ['odd.no_key', []],
    ['odd.false_keys', []],
    ['odd.key_not_granted', []],
    ['odd.partitioned', ['id', 'day']],
    ['odd.view_typed', []],
    ['odd.materialized', ['id']],
    ['odd.keyed_view', ['region', 'number']],
    ['odd.domains', ['id']],
  ])('%s has the key %j', (id, key) => {
    expect(keyOf(id)).toEqual(key);
  });

  test('a table without key gets a warning with the SQL that makes one', () => {
    expect(found('odd.no_key').find(({ code }) => code === 'no-primary-key')).toMatchObject({
      level: 'warning',
      remedy: 'alter table "odd"."no_key" add primary key (…);',
    });
  });
});

describe('geometry', () => {
  test.each([
    ['odd.points_z', { geometryType: 'POINT', hasZ: true, hasM: false, srid: 4326 }],
    ['odd.lines_m', { geometryType: 'LINESTRING', hasZ: false, hasM: true }],
    ['odd.polygons_zm', { geometryType: 'POLYGON', hasZ: true, hasM: true }],
    ['odd.geometries', { geometryType: 'GEOMETRY', indexed: true, nullable: true }],
    ['odd.not_null', { nullable: false, indexed: true }],
    ['odd.geography_points', { type: 'geography', srid: 4326, geometryType: 'POINT', indexed: true }],
    ['odd.geography_any', { type: 'geography', srid: 4326, geometryType: 'GEOMETRY' }],
    ['odd.geography_4258', { type: 'geography', srid: 4258 }],
    ['odd.srid0_same', { srid: 3857, geometryType: 'POINT' }],
    ['odd.domains', { srid: 4326, geometryType: 'POINT' }],
    ['odd.only_curves', { geometryType: 'CURVEPOLYGON' }],
    ['odd.pacific_3832', { srid: 3832, indexed: true }],
    ['odd.view_grouped', { srid: 3035 }],
    ['odd.view_untyped', { srid: 4326, geometryType: 'POLYGON', indexed: false }],
    ['odd.view_renamed', { name: 'shape', srid: 25832, indexed: true }],
    ['odd.partitioned', { indexed: true }],
    ['odd.nd_index', { indexed: false }],
    ['odd.postgis_1', { srid: 31467, geometryType: 'LINESTRING', hasZ: false }],
  ])('%s is %o', (id, facts) => {
    expect(vector(id).geometry).toMatchObject(facts);
  });

  test('a table without spatial index gets a warning, one with an index none', () => {
    expect(codes('odd.points_z')).toContain('no-spatial-index');
    expect(codes('odd.nd_index')).toContain('no-spatial-index');
    expect(codes('odd.geometries')).toEqual([]);
  });

  test('the kind of the relation is told', () => {
    expect(vector('odd.materialized').relation.kind).toBe('materialized-view');
    expect(vector('odd.view_typed').relation.kind).toBe('view');
    expect(vector('odd.partitioned').relation.kind).toBe('partitioned');
    expect(catalog.collections.has('odd.partitioned_2025')).toBe(false);
    expect(catalog.collections.has('odd.partitioned_2026_even')).toBe(false);
    expect(codes('odd.partitioned_2025')).toEqual([]);
  });
});

describe('left out', () => {
  test.each([
    ['odd.srid0_none', 'srid-unknown'],
    ['odd.srid0_typed', 'srid-unknown'],
    ['odd.srid_mixed', 'srid-mixed'],
    ['odd.srid_unheard_of', 'srid-undefined'],
    ['odd.plain_table', 'no-geometry'],
    ['odd.hidden', 'hidden-by-comment'],
    ['odd.no_privilege', 'no-select-privilege'],
    ['odd.geometry_not_granted', 'no-select-privilege'],
    ['shut.away', 'no-select-privilege'],
    ['odd.materialized_empty', 'not-populated'],
    ['odd.points_around', 'not-served-yet'],
    ['odd.tile_function', 'not-served-yet'],
    ['odd.raster_srid0', 'srid-unknown'],
    ['odd.raster_nothing', 'no-raster-data'],
    ['odd.failing_view', 'not-readable'],
    ['odd.coarser than you think', 'overview'],
  ])('%s because of %s', (relation, code) => {
    expect(catalog.collections.has(relation)).toBe(false);
    const finding = found(relation).find((one) => one.code === code);
    expect(finding).toMatchObject({ level: 'left-out', message: expect.stringMatching(/\w+ \w+/) });
  });

  test('the remedy of a missing privilege works when the owner runs it', async () => {
    const remedy = found('odd.no_privilege')[0]?.remedy ?? '';
    expect(remedy).toBe('grant select on "odd"."no_privilege" to "graticule_reader";');
    await source.query(remedy);
    const after = await load();
    await source.query('revoke select on odd.no_privilege from graticule_reader');
    expect(after.collections.has('odd.no_privilege')).toBe(true);
  });

  test('the remedy of a missing SRID works when the owner runs it', async () => {
    const remedy = found('odd.srid0_typed')[0]?.remedy ?? '';
    await source.query(remedy);
    const after = await load();
    expect(vector('odd.srid0_typed', after).geometry).toMatchObject({ srid: 4326, geometryType: 'POINT' });
  });

  test('tables of extensions and of the system are neither listed nor explained', () => {
    const relations = catalog.findings.map(({ relation }) => relation);
    expect(relations.filter((name) => /spatial_ref_sys|raster_columns|geometry_columns|pg_catalog|information_schema/.test(name))).toEqual(
      [],
    );
    expect(
      [...catalog.collections.keys()].filter((id) => /spatial_ref_sys|geometry_columns|raster_columns|geography_columns/.test(id)),
    ).toEqual([]);
  });

  test('overloads of a function are findings of their own with their arguments', () => {
    expect(found('odd.tile_function').map(({ message }) => message)).toEqual([
      expect.stringContaining('(z integer, x integer, y integer)'),
      expect.stringContaining('(z integer, x integer, y integer, style text)'),
    ]);
    expect(found('odd.unnamed_arguments')).toEqual([]);
  });
});

describe('columns', () => {
  test('only columns that the role may select are properties, the others are explained', () => {
    expect(vector('odd.column_grants').properties.map(({ name }) => name)).toEqual(['id', 'public_name']);
    expect(found('odd.column_grants')).toContainEqual(
      expect.objectContaining({
        column: 'secret',
        code: 'no-select-privilege',
        remedy: expect.stringContaining('grant select ("secret")'),
      }),
    );
  });

  test('a hidden column is no property, a hidden geometry no collection', () => {
    expect(vector('odd.hidden_column').properties.map(({ name }) => name)).toEqual(['id']);
    expect(vector('odd.hidden_column').geometry).toMatchObject({ name: 'other', srid: 3857 });
    expect(codes('odd.hidden_column').filter((code) => code === 'hidden-by-comment')).toHaveLength(2);
  });

  test('arrays of geometries are left out as an unsupported type', () => {
    expect(vector('odd.array_of_points').properties.map(({ name }) => name)).toEqual(['id']);
    expect(found('odd.array_of_points')).toContainEqual(expect.objectContaining({ column: 'points', code: 'unsupported-type' }));
  });

  test('dropped columns do not exist', () => {
    expect(vector('odd.dropped_column').properties.map(({ name }) => name)).toEqual(['id', 'kept']);
  });

  test.each([
    ['c_smallint', 'integer', 'int16'],
    ['c_int', 'integer', 'int32'],
    ['c_bigint', 'integer', 'int64'],
    ['c_numeric', 'number', undefined],
    ['c_real', 'number', 'float'],
    ['c_double', 'number', 'double'],
    ['c_money', 'string', undefined],
    ['c_boolean', 'boolean', undefined],
    ['c_text', 'string', undefined],
    ['c_bytea', 'string', 'byte'],
    ['c_date', 'string', 'date'],
    ['c_time', 'string', 'time'],
    ['c_timestamp', 'string', 'date-time'],
    ['c_timestamptz', 'string', 'date-time'],
    ['c_interval', 'string', undefined],
    ['c_uuid', 'string', 'uuid'],
    ['c_json', 'any', undefined],
    ['c_jsonb', 'any', undefined],
    ['c_xml', 'string', undefined],
    ['c_hstore', 'object', undefined],
    ['c_inet', 'string', undefined],
    ['c_point', 'string', undefined],
    ['c_int4range', 'object', undefined],
    ['c_float_range', 'object', undefined],
    ['c_domain', 'integer', 'int32'],
    ['c_composite', 'object', undefined],
    ['c_ints', 'array', undefined],
    ['c_composites', 'array', undefined],
    ['c_generated', 'integer', 'int32'],
  ])('%s is %s (%s)', (name, jsonType, format) => {
    const property = vector('odd.every_type').properties.find((one) => one.name === name);
    expect(property).toMatchObject({ jsonType, format });
  });

  test('lengths, enumerations, domains and nullability are told', () => {
    const property = (id: string, name: string): unknown => vector(id).properties.find((one) => one.name === name);
    expect(property('odd.every_type', 'c_varchar')).toMatchObject({ type: 'varchar', maxLength: 20 });
    expect(property('odd.every_type', 'c_char')).toMatchObject({ type: 'bpchar', maxLength: 5 });
    expect(property('odd.every_type', 'c_bit')).toMatchObject({ maxLength: 3 });
    expect(property('odd.every_type', 'c_enum')).toMatchObject({ enum: ['red', 'green', 'blue, dark'], jsonType: 'string' });
    expect(property('odd.domains', 'label')).toMatchObject({ type: 'varchar', maxLength: 20, nullable: false });
    expect(property('odd.every_type', 'c_text')).toMatchObject({ nullable: true });
  });
});

describe('comments', () => {
  test('JSON gives title, description, keywords, attribution, units and the time column', () => {
    const commented = vector('odd.commented');
    expect(commented).toMatchObject({
      title: 'Depths <b>&amp;</b>',
      description: 'Soundings of "the" lake',
      keywords: ['water', 'depth'],
      attribution: 'Nobody',
      temporal: { start: 'updated', end: 'updated', type: 'timestamptz' },
    });
    expect(commented.properties.find(({ name }) => name === 'depth')).toMatchObject({
      title: 'Depth',
      unit: 'm',
      description: 'below the surface',
    });
    expect(commented.properties.find(({ name }) => name === 'observed')?.description).toBe('The day of observation');
  });

  test('plain text is the description, broken JSON too, with a warning', () => {
    expect(vector('odd.plain_comment').description).toBe('Just words, {not} JSON');
    expect(vector('odd.broken_comment').description).toBe('{"title": "cut off');
    expect(codes('odd.broken_comment')).toContain('comment-not-json');
  });

  test('unknown keys and unknown columns are reported', () => {
    expect(codes('odd.unknown_comment_key')).toContain('unknown-comment-key');
    expect(codes('odd.renamed')).toContain('unknown-comment-column');
    expect(keyOf('odd.renamed')).toEqual(['id']);
  });

  test('start and end make an interval, else the first date or timestamp counts', () => {
    expect(vector('odd.temporal_pair').temporal).toEqual({ start: 'valid_from', end: 'valid_to', type: 'timestamptz' });
    expect(vector('odd.temporal_date').temporal).toEqual({ start: 'day', end: 'day', type: 'date' });
    expect(vector('odd.points_z').temporal).toBeUndefined();
  });
});

describe('rasters', () => {
  test('constraints tell bands, nodata, grid, blocks and extent', () => {
    expect(raster('odd.regular')).toMatchObject({
      srid: 4326,
      bands: [{ name: 'b1', pixelType: '16BSI', nodata: -5 }],
      nativeBbox: [8, 47, 11, 48],
      blockWidth: 10,
      blockHeight: 10,
      regularBlocking: true,
    });
    expect(raster('odd.regular').levels[0]).toMatchObject({ factor: 1, pixelWidth: 0.1, pixelHeight: 0.1, indexed: false });
  });

  test.each(['1bb', '2bui', '4bui', '8bsi', '8bui', '16bsi', '16bui', '32bsi', '32bui', '32bf', '64bf'])('pixel type %s', (type) => {
    const collection = raster(`odd.pixel_${type}`);
    expect(collection.bands[0]?.pixelType).toBe(type.toUpperCase());
    expect(collection.levels[0]?.indexed).toBe(true);
  });

  test('nodata is told per band, NaN too', () => {
    expect(raster('odd.pixel_64bf').bands[0]?.nodata).toBeNaN();
    expect(raster('odd.pixel_16bsi').bands[0]?.nodata).toBe(-32768);
    expect(raster('odd.pixel_1bb').bands[0]?.nodata).toBeUndefined();
    expect(raster('odd.raster_mixed_bands').bands.map(({ pixelType, nodata }) => [pixelType, nodata])).toEqual([
      ['8BUI', 255],
      ['16BSI', -9999],
      ['32BF', undefined],
      ['1BB', undefined],
    ]);
  });

  test('a table named by an overview constraint is a level, whatever its name', () => {
    const { levels } = raster('odd.raster_rgb');
    expect(levels.map(({ factor, relation }) => [factor, relation.name])).toEqual([
      [1, 'raster_rgb'],
      [2, 'coarser than you think'],
    ]);
    expect(levels[1]).toMatchObject({ pixelWidth: 0.1, indexed: true });
    expect(raster('odd.o_2_raster_rgb').levels).toHaveLength(1);
  });

  test.each([
    ['odd.raster_rotated', 25832, 20, [500000, 5298000, 502600, 5300600]],
    ['odd.raster_unaligned', 4326, 20, [8, 46.4, 10.93, 48]],
    ['odd.raster_no_constraints', 4326, 16, [8, 46.4, 14.4, 48]],
    ['odd.raster_south_up', 4326, 8, [8, 47, 8.8, 47.8]],
    ['odd.raster_gaps', 4326, 8, [8, 47.2, 8.8, 48]],
    ['odd.raster_polar', 3031, 40, [-1e6, -1e6, 1e6, 1e6]],
    ['odd.raster_view', 4326, 32, [8, 46.4, 9.6, 48]],
  ])('%s takes its facts from the rows', (id, srid, blockWidth, bbox) => {
    const collection = raster(id);
    expect(collection).toMatchObject({ srid, blockWidth, regularBlocking: false });
    expect(collection.nativeBbox).toHaveLength(4);
    collection.nativeBbox?.forEach((edge, i) => expect(edge).toBeCloseTo(bbox[i] ?? Number.NaN, 9));
  });

  test('rows of different SRIDs have the most frequent one, and a box in it', () => {
    const { srid, nativeBbox } = raster('odd.raster_mixed_srid');
    expect(srid).toBe(4326);
    expect(nativeBbox?.[0]).toBeCloseTo(8, 9);
    expect(nativeBbox?.[2]).toBeGreaterThan(9);
  });

  test('more rows than are looked at one by one still have a box', () => {
    expect(raster('odd.many_blocks').nativeBbox).toEqual([0, -1, 600, 0]);
  });

  test('what bands are taken for in a picture is guessed', () => {
    const colors = (id: string): readonly (string | undefined)[] => raster(id).bands.map(({ color }) => color);
    expect(colors('odd.regular')).toEqual(['gray']);
    expect(colors('odd.raster_rgb')).toEqual(['red', 'green', 'blue']);
    expect(colors('odd.raster_mixed_bands')).toEqual(['red', 'green', 'blue', undefined]);
  });

  test('rows of different bands make a raster of the most bands', () => {
    expect(raster('odd.raster_bands_differ').bands).toHaveLength(3);
  });

  test('a comment names bands, units and nodata', () => {
    expect(raster('odd.banded')).toMatchObject({ title: 'Depth', bands: [{ name: 'depth', unit: 'm', nodata: 7 }] });
  });

  test('a big raster without overviews gets a warning with the calls that make them', () => {
    const warning = found('odd.huge_raster').find(({ code }) => code === 'no-overviews');
    expect(warning?.remedy).toContain(`st_createoverview('"odd"."huge_raster"'::regclass, 'rast', 2)`);
    expect(codes('odd.raster_rgb')).not.toContain('no-overviews');
  });
});

describe('selection', () => {
  test('globs include and exclude schemas and tables', async () => {
    const some = await load({ include: ['odd.raster_*', 'public'], exclude: ['*.raster_rot*'] });
    expect(some.collections.has('twin')).toBe(true);
    expect(some.collections.has('odd.raster_rgb')).toBe(true);
    expect(some.collections.has('odd.raster_rotated')).toBe(false);
    expect(some.collections.has('odd.points_z')).toBe(false);
    expect(codes('odd.raster_rotated', some)).toEqual(['excluded-by-config']);
    expect(codes('odd.points_z', some)).toEqual(['excluded-by-config']);
  });

  test('tables without geometry are listed where the option says so', async () => {
    const all = await load({ nonSpatialTables: true });
    expect(vector('odd.plain_table', all)).toMatchObject({ geometry: undefined, key: [{ name: 'id' }] });
    expect(codes('odd.plain_table', all)).toEqual([]);
  });

  test('the superuser sees what the reader may not', async () => {
    const owner = await openDatabase({
      connection: source.owner,
      poolSize: 1,
      statementTimeoutMs: 5_000,
      streamLimitMs: 20_000,
      observe: () => undefined,
    });
    const { catalog: all } = await discover(
      owner,
      { include: [], exclude: [], nonSpatialTables: false },
      createSampleMemory(),
      new AbortController().signal,
    );
    await owner.close();
    expect(all.collections.has('odd.no_privilege')).toBe(true);
    expect(all.collections.has('shut.away')).toBe(true);
    expect(vector('odd.column_grants', all).properties).toHaveLength(3);
  });
});

describe('the whole', () => {
  test('versions stay the same when nothing changes', async () => {
    const again = await load();
    const changed = [...catalog.collections.values()].filter(({ id, version }) => again.collections.get(id)?.version !== version);
    expect(changed.map(({ id }) => id)).toEqual([]);
  });

  test('row counts under row security are not told', () => {
    expect(vector('odd.row_security').estimatedRows).toBeUndefined();
  });

  test('every odd relation is served or explained', async () => {
    const rows = await source.query(
      `select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('odd', 'closed', 'shut', 'Mixed Case', 'a.b', 'twin_geoms') and c.relkind in ('r', 'v', 'm', 'f', 'p') and not c.relispartition`,
    );
    const served = new Set([...catalog.collections.values()].map(({ relation }) => `${relation.schema}\0${relation.name}`));
    const quote = (part: unknown): string => (/[."]/.test(String(part)) ? `"${String(part).replaceAll('"', '""')}"` : String(part));
    const missing = rows.filter(
      ({ nspname, relname }) =>
        !served.has(`${String(nspname)}\0${String(relname)}`) && codes(`${quote(nspname)}.${quote(relname)}`).length === 0,
    );
    expect(missing).toEqual([]);
  });

  test('the definitions of the SRIDs in use come along', () => {
    expect(catalog.references.get(25832)).toMatchObject({ authority: 'EPSG', code: 25832, proj4: expect.stringContaining('+proj=utm') });
    expect(catalog.references.has(3832)).toBe(true);
  });

  test('the explanation is one line per fact, whatever the names hold', () => {
    const text = explainText(catalog);
    expect(text).toContain('odd.new\\u000aline\\u0009tab');
    expect(text).toMatch(/^Left out \(\d+\)$/m);
    expect(text).toMatch(/^ {2}odd\.no_privilege {2}\[no-select-privilege\]$/m);
    const json = explainJson(catalog);
    expect(json).toHaveLength(catalog.findings.length);
    expect(Object.keys(json.find(({ code }) => code === 'srid-mixed') ?? {})).toEqual(['relation', 'column', 'code', 'message', 'remedy']);
  });
});
