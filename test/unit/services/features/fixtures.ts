import type { Property, VectorCollection } from '../../../../src/catalog/collection.ts';

/** A property of a type, everything else as it usually is. */
export function property(name: string, type: string, more: Partial<Property> = {}): Property {
  return {
    name,
    type,
    jsonType: 'string',
    title: undefined,
    description: undefined,
    unit: undefined,
    format: undefined,
    maxLength: undefined,
    enum: undefined,
    nullable: true,
    ...more,
  };
}

/** A collection of points with an integer key, changed as asked. */
export function vectorCollection(more: Partial<VectorCollection> = {}): VectorCollection {
  return {
    kind: 'vector',
    id: 'towns',
    title: 'towns',
    description: undefined,
    keywords: [],
    attribution: undefined,
    relation: { oid: 1, schema: 'public', name: 'towns', kind: 'table' },
    predicate: undefined,
    estimatedRows: undefined,
    version: '1',
    geometry: {
      name: 'geom',
      type: 'geometry',
      geometryType: 'POINT',
      srid: 4326,
      hasZ: false,
      hasM: false,
      indexed: true,
      nullable: true,
    },
    key: [property('id', 'int4')],
    properties: [property('id', 'int4'), property('name', 'text')],
    temporal: undefined,
    ...more,
  };
}
