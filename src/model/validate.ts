// Generated from schemas/ by `npm run generate`. Do not edit.
import type { SchemaName } from './schemas.ts';
import * as compiled from './validators.ts';

/** One place at which a document breaks its schema. */
export interface Violation {
  /** JSON pointer into the document. */
  readonly path: string;
  readonly message: string;
}

const validators: Readonly<Record<SchemaName, unknown>> = {
  'collection': compiled.collection,
  'collections': compiled.collections,
  'confClasses': compiled.confClasses,
  'dimensionExtent': compiled.dimensionExtent,
  'extent': compiled.extent,
  'landingPage': compiled.landingPage,
  'link': compiled.link,
  'propertySchema': compiled.propertySchema,
  'schema': compiled.schema,
  'coverageAxis': compiled.coverageAxis,
  'coverageDomain': compiled.coverageDomain,
  'coverageJson': compiled.coverageJson,
  'coverageNumbers': compiled.coverageNumbers,
  'coverageParameter': compiled.coverageParameter,
  'coverageReferencing': compiled.coverageReferencing,
  'domainAxis': compiled.domainAxis,
  'domainSet': compiled.domainSet,
  'ndArray': compiled.ndArray,
  'positionValues': compiled.positionValues,
  'rangeField': compiled.rangeField,
  'rangeType': compiled.rangeType,
  'timeAxis': compiled.timeAxis,
  'featureCollectionGeoJSON': compiled.featureCollectionGeoJSON,
  'featureGeoJSON': compiled.featureGeoJSON,
  'geometryGeoJSON': compiled.geometryGeoJSON,
  'geometrycollectionGeoJSON': compiled.geometrycollectionGeoJSON,
  'linestringGeoJSON': compiled.linestringGeoJSON,
  'multilinestringGeoJSON': compiled.multilinestringGeoJSON,
  'multipointGeoJSON': compiled.multipointGeoJSON,
  'multipolygonGeoJSON': compiled.multipolygonGeoJSON,
  'pointGeoJSON': compiled.pointGeoJSON,
  'polygonGeoJSON': compiled.polygonGeoJSON,
  'position': compiled.position,
  'catalogExplanation': compiled.catalogExplanation,
  'finding': compiled.finding,
  'health': compiled.health,
  'fault': compiled.fault,
  'problem': compiled.problem,
  'algorithm': compiled.algorithm,
  'algorithms': compiled.algorithms,
  'bandStatistics': compiled.bandStatistics,
  'colorMap': compiled.colorMap,
  'colorMaps': compiled.colorMaps,
  'djangoLegend': compiled.djangoLegend,
  'legend': compiled.legend,
  'pixel': compiled.pixel,
  'pointValues': compiled.pointValues,
  'profile': compiled.profile,
  'rasterInfo': compiled.rasterInfo,
  'rasterInfoFeature': compiled.rasterInfoFeature,
  'rasterStatistics': compiled.rasterStatistics,
  'valueCounts': compiled.valueCounts,
  'zonalStatistics': compiled.zonalStatistics,
  'boundingBox2D': compiled.boundingBox2D,
  'point2D': compiled.point2D,
  'style': compiled.style,
  'tileJson': compiled.tileJson,
  'tileMatrix': compiled.tileMatrix,
  'tileMatrix1': compiled.tileMatrix1,
  'tileMatrixSet-item': compiled.tileMatrixSetItem,
  'tileMatrixSet': compiled.tileMatrixSet,
  'tileMatrixSetLimits': compiled.tileMatrixSetLimits,
  'tileMatrixSets': compiled.tileMatrixSets,
  'tileSet': compiled.tileSet,
  'tileSetLayer': compiled.tileSetLayer,
  'tileSets': compiled.tileSets,
  'variableMatrixWidth': compiled.variableMatrixWidth,
};

/** Checks a JSON document against a schema; no violations means that it is valid. */
export function validate(name: SchemaName, document: unknown): readonly Violation[] {
  const validator = validators[name];
  if (typeof validator !== 'function') throw new Error(`No validator for ${name}`);
  if (validator(document) === true) return [];
  const errors: unknown = 'errors' in validator ? validator.errors : undefined;
  if (!Array.isArray(errors)) throw new Error(`The validator of ${name} failed without saying why`);
  return errors.map((error) => ({ path: String(error.instancePath), message: String(error.message) }));
}
