import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { schemas, type SchemaName } from '../../../src/model/schemas.ts';
import { validate } from '../../../src/model/validate.ts';
import { registry } from '../../../src/tms/registry.ts';
import { tileMatrixSetDocument } from '../../../src/tms/tile-matrix-set-document.ts';
import { sharedPath } from '../../support/shared.ts';
import { SAMPLES } from './samples.ts';

const official = sharedPath('ogc-schemas') ?? '';

// Our schema and the official one for the same document.
const PAIRS: Readonly<Partial<Record<SchemaName, string>>> = {
  landingPage: 'common-1/1.0/openapi/schemas/landingPage.yaml',
  confClasses: 'features-1/1.0.1/openapi/schemas/confClasses.yaml',
  link: 'features-1/1.0.1/openapi/schemas/link.yaml',
  extent: 'features-1/1.0.1/openapi/schemas/extent.yaml',
  collection: 'features-1/1.0.1/openapi/schemas/collection.yaml',
  collections: 'features-1/1.0.1/openapi/schemas/collections.yaml',
  featureGeoJSON: 'features-1/1.0.1/openapi/schemas/featureGeoJSON.yaml',
  featureCollectionGeoJSON: 'features-1/1.0.1/openapi/schemas/featureCollectionGeoJSON.yaml',
  geometryGeoJSON: 'features-1/1.0.1/openapi/schemas/geometryGeoJSON.yaml',
  problem: 'common-1/1.0/openapi/schemas/exception.yaml',
  tileMatrixSet: 'tms-2/schemas/json/tileMatrixSet.json',
  tileSet: 'tms-2/schemas/json/tileSet.json',
  tileMatrixSetLimits: 'tms-2/schemas/json/tileMatrixLimits.json',
  tileSetLayer: 'tms-2/schemas/json/geospatialData.json',
  'tileMatrixSet-item': 'tiles-1/1.0.0/openapi/schemas/tms/tileMatrixSet-item.yaml',
};

describe.skipIf(official === '')('beside the official schemas', () => {
  test.each(Object.entries(PAIRS))('%s demands every member that the official schema demands', (name, path) => {
    const ours = requiredOf(schemaOf(name));
    expect(ours).toEqual(expect.arrayContaining([...requiredOf(read(join(official, path)))]));
  });

  test.each(SAMPLES.filter(({ schema }) => PAIRS[schema] !== undefined))('$schema: $title, valid here, is valid there', (sample) => {
    expect(validate(sample.schema, sample.document)).toEqual([]);
    const check = compileOfficial(join(official, PAIRS[sample.schema] ?? ''));
    expect(check(sample.document), JSON.stringify(check.errors)).toBe(true);
  });

  test.each(registry.ids)('tile matrix set %s is valid there', (id) => {
    const check = compileOfficial(join(official, PAIRS.tileMatrixSet ?? ''));
    expect(check(tileMatrixSetDocument(registry.get(id) ?? expect.fail(id))), JSON.stringify(check.errors)).toBe(true);
  });

  test('every registered set is ours, number by number', () => {
    const folder = join(official, 'tms-2/registry/json');
    const files = readdirSync(folder);
    expect(files).toHaveLength(69);
    for (const file of files) {
      expect(registry.get(file.replace('.json', ''))?.document).toEqual(read(join(folder, file)));
    }
  });

  // The examples of tile sets break the official schema themselves (numbers written as text).
  test('the official examples of tile matrix sets are valid here', () => {
    const path = join(official, 'tms-2/schemas/json/examples/tilematrixset');
    for (const file of readdirSync(path)) expect(validate('tileMatrixSet', read(join(path, file))), file).toEqual([]);
  });

  test.each([
    // ConformsTo.json beside these is not JSON: a comma is missing.
    ['landingPage', 'LandingPage.json'],
    ['collections', 'Collections.json'],
  ] as const)('%s: the official example %s is valid here', (schema, file) => {
    expect(validate(schema, read(join(official, 'features-1/1.0.1/examples/json', file)))).toEqual([]);
  });
});

test.each(SAMPLES)('$schema: $title is valid', ({ schema, document }) => {
  expect(validate(schema, document)).toEqual([]);
});

function schemaOf(name: string): unknown {
  return Object.entries(schemas).find(([key]) => key === name)?.[1];
}

function requiredOf(schema: unknown): readonly unknown[] {
  const required: unknown = typeof schema === 'object' && schema !== null && 'required' in schema ? schema.required : [];
  return Array.isArray(required) ? required : [];
}

function read(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.json') ? JSON.parse(text) : parse(text);
}

const compiled = new Map<string, ValidateFunction>();

// The schema with every file that it refers to, each under its own URL so that relative references find it.
function compileOfficial(path: string): ValidateFunction {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  const waiting = [path];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const schema = read(next);
    const url = pathToFileURL(next).href;
    ajv.addSchema({ ...(typeof schema === 'object' ? schema : {}) }, url);
    for (const [, reference = ''] of JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)[^"]*"/g)) {
      waiting.push(resolve(dirname(next), reference));
    }
  }
  const check = ajv.getSchema(pathToFileURL(path).href) ?? expect.fail(path);
  compiled.set(path, check);
  return check;
}
