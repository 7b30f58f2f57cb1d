import { expect, test } from 'vitest';
import type { Catalog } from '../../../src/catalog/catalog.ts';
import type { Collection } from '../../../src/catalog/collection.ts';
import { explainJson, explainText } from '../../../src/catalog/explain.ts';
import { leftOut, readFor, warning } from '../../../src/catalog/finding.ts';

const RELATION = { oid: 1, schema: 'public', name: 'roads', kind: 'table' } as const;
const BASE = {
  title: 'Roads',
  description: undefined,
  keywords: [],
  attribution: undefined,
  relation: RELATION,
  predicate: undefined,
  version: 'v',
};

const ROADS: Collection = {
  ...BASE,
  kind: 'vector',
  id: 'roads',
  estimatedRows: 12,
  geometry: {
    name: 'geom',
    type: 'geometry',
    geometryType: 'LINESTRING',
    srid: 25832,
    hasZ: true,
    hasM: false,
    indexed: true,
    nullable: true,
  },
  key: [],
  properties: [],
  temporal: undefined,
};

const RELIEF: Collection = {
  ...BASE,
  kind: 'raster',
  id: 'relief',
  estimatedRows: undefined,
  column: 'rast',
  srid: 900001,
  bands: [{ name: 'b1', title: undefined, unit: undefined, pixelType: '16BSI', nodata: undefined, scale: 1, offset: 0, classes: [] }],
  levels: [
    { relation: RELATION, column: 'rast', factor: 1, pixelWidth: 1, pixelHeight: 1, indexed: true },
    { relation: RELATION, column: 'rast', factor: 2, pixelWidth: 2, pixelHeight: 2, indexed: true },
  ],
  nativeBbox: undefined,
  blockWidth: undefined,
  blockHeight: undefined,
  regularBlocking: false,
};

function catalog(more: Partial<Catalog>): Catalog {
  return {
    version: '1',
    loadedAt: new Date(0),
    collections: new Map(),
    aliases: new Map(),
    findings: [],
    references: new Map([[25832, { srid: 25832, authority: 'EPSG', code: 25832, wkt: undefined, proj4: undefined }]]),
    legends: new Map(),
    serverVersion: { postgresql: '17.2', postgis: '3.5.1', raster: true },
    ...more,
  };
}

test('what is served, what is left out and why, what could be better', () => {
  const text = explainText(
    catalog({
      collections: new Map<string, Collection>([
        ['roads', ROADS],
        ['relief', RELIEF],
      ]),
      findings: [
        leftOut({ schema: 's', name: 'a.b' }, { code: 'no-geometry', message: 'It has none' }),
        readFor({ schema: 's', name: 'legend' }, { code: 'legends', message: 'It has legends' }),
        warning(
          { schema: 'public', name: 'roads' },
          { column: 'geom', code: 'no-spatial-index', message: 'Slow', remedy: 'create index …;' },
        ),
      ],
    }),
  );
  expect(text).toBe(`PostgreSQL 17.2, PostGIS 3.5.1

Served (2)
  roads   LINESTRINGZ, EPSG:25832, no key, about 12 rows
  relief  raster, 1 × 16BSI, SRID 900001, levels 1, 2

Read for what is served (1)
  s.legend  [legends]
    It has legends

Left out (1)
  s."a.b"  [no-geometry]
    It has none

Could work better (1)
  public.roads (geom)  [no-spatial-index]
    Slow
    → create index …;
`);
});

test('an empty database has no sections', () => {
  expect(explainText(catalog({ serverVersion: { postgresql: '17.2', postgis: '', raster: false } }))).toBe(
    'PostgreSQL 17.2, without PostGIS\n',
  );
});

test('the JSON form has no empty members', () => {
  const findings = [leftOut({ schema: 's', name: 't' }, { code: 'c', message: 'm', column: undefined, remedy: undefined })];
  expect(explainJson(catalog({ findings }))).toEqual([{ relation: 's.t', code: 'c', message: 'm' }]);
  expect(Object.keys(explainJson(catalog({ findings }))[0] ?? {})).toEqual(['relation', 'code', 'message']);
});

test('names cannot write to the terminal', () => {
  const findings = [leftOut({ schema: 's', name: 'red\u001b[31m\nline' }, { code: 'c', message: 'm' })];
  expect(explainText(catalog({ findings }))).toContain('s.red\\u001b[31m\\u000aline  [c]');
});
