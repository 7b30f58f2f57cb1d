import type { Collection, Property, RasterCollection, VectorCollection } from '../../catalog/collection.ts';
import type { PropertySchema, SchemaDocument } from '../../model/common.ts';
import { collectionDescription } from './collection-description.ts';

/** The logical schema of a collection (OGC 23-058r2 §6): its properties in order, geometry with its role. */
export function schemaDocument(collection: Collection, id: string): SchemaDocument {
  const properties = collection.kind === 'vector' ? vectorProperties(collection) : rasterProperties(collection);
  const required = collection.kind === 'vector' ? collection.properties.filter((p) => !p.nullable).map((p) => p.name) : [];
  const description = collectionDescription(collection);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    type: 'object',
    title: collection.title,
    ...(description === undefined ? {} : { description }),
    ...(required.length === 0 ? {} : { required }),
    properties,
  };
}

/** JSON Schema of one property, without role and sequence. */
export function propertySchema(property: Property): PropertySchema {
  return {
    ...(property.title === undefined ? {} : { title: property.title }),
    ...(property.description === undefined ? {} : { description: property.description }),
    ...(property.jsonType === 'any' ? {} : { type: property.jsonType }),
    ...(property.format === undefined ? {} : { format: property.format }),
    ...(property.maxLength === undefined ? {} : { maxLength: property.maxLength }),
    ...(property.enum === undefined ? {} : { enum: property.enum }),
    ...(property.type === 'bytea' ? { contentEncoding: 'base64' } : {}),
    ...(property.unit === undefined ? {} : { 'x-ogc-unit': property.unit }),
  };
}

function vectorProperties(collection: VectorCollection): Readonly<Record<string, PropertySchema>> {
  const { geometry, key, temporal } = collection;
  const entries: [string, PropertySchema][] = [];
  if (geometry !== undefined) {
    entries.push([
      geometry.name,
      {
        'x-ogc-role': 'primary-geometry',
        'x-ogc-propertySeq': 1,
        format: geometryFormat(geometry.geometryType),
      },
    ]);
  }
  collection.properties.forEach((property, i) => {
    const role = roleOf(property.name, {
      key: key.length === 1 ? key[0]?.name : undefined,
      temporal,
    });
    entries.push([property.name, { ...propertySchema(property), ...role, 'x-ogc-propertySeq': i + 2 }]);
  });
  return Object.fromEntries(entries);
}

function roleOf(
  name: string,
  facts: { readonly key: string | undefined; readonly temporal: VectorCollection['temporal'] },
): Pick<PropertySchema, 'x-ogc-role'> {
  const { key, temporal } = facts;
  if (name === key) return { 'x-ogc-role': 'id' };
  if (temporal === undefined || (name !== temporal.start && name !== temporal.end)) return {};
  if (temporal.start === temporal.end) return { 'x-ogc-role': 'primary-instant' };
  return {
    'x-ogc-role': name === temporal.start ? 'primary-interval-start' : 'primary-interval-end',
  };
}

/** `geometry-point` … `geometry-any` (OGC 23-058r2 §7.4). */
function geometryFormat(geometryType: string): string {
  const simple = /^(MULTI)?(POINT|LINESTRING|POLYGON)$|^GEOMETRYCOLLECTION$/;
  return simple.test(geometryType) ? `geometry-${geometryType.toLowerCase()}` : 'geometry-any';
}

/** The bands of a raster are the properties of its cells. */
function rasterProperties(collection: RasterCollection): Readonly<Record<string, PropertySchema>> {
  return Object.fromEntries(
    collection.bands.map((band, i) => [
      band.name,
      {
        title: band.title ?? band.name,
        type: band.pixelType.endsWith('F') ? ('number' as const) : ('integer' as const),
        ...(band.unit === undefined ? {} : { 'x-ogc-unit': band.unit }),
        'x-ogc-propertySeq': i + 1,
      },
    ]),
  );
}
