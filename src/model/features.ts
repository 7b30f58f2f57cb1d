// Generated from schemas/ by `npm run generate`. Do not edit.
import type { Link } from './common.ts';

/** A page of GeoJSON features. */
export interface FeatureCollectionDocument {
  readonly type: 'FeatureCollection';
  readonly features: readonly FeatureDocument[];
  readonly links: readonly Link[];
  readonly timeStamp: string;
  /** Features that match the request; absent when counting would take too long. */
  readonly numberMatched?: number;
  /** Features on this page. */
  readonly numberReturned: number;
}

/** A GeoJSON feature. */
export interface FeatureDocument {
  readonly type: 'Feature';
  /** Absent when the table has no key. */
  readonly id?: string | number;
  readonly geometry: GeometryDocument | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
  readonly bbox?: readonly number[];
  readonly links?: readonly Link[];
}

/** Any GeoJSON geometry. */
export type GeometryDocument = PointGeometry | MultiPointGeometry | LineStringGeometry | MultiLineStringGeometry | PolygonGeometry | MultiPolygonGeometry | GeometryCollection;

/** GeoJSON GeometryCollection. */
export interface GeometryCollection {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly GeometryDocument[];
}

/** GeoJSON LineString. */
export interface LineStringGeometry {
  readonly type: 'LineString';
  readonly coordinates: readonly Position[];
}

/** GeoJSON MultiLineString. */
export interface MultiLineStringGeometry {
  readonly type: 'MultiLineString';
  readonly coordinates: ReadonlyArray<readonly Position[]>;
}

/** GeoJSON MultiPoint. */
export interface MultiPointGeometry {
  readonly type: 'MultiPoint';
  readonly coordinates: readonly Position[];
}

/** GeoJSON MultiPolygon. */
export interface MultiPolygonGeometry {
  readonly type: 'MultiPolygon';
  readonly coordinates: ReadonlyArray<ReadonlyArray<readonly Position[]>>;
}

/** GeoJSON Point. */
export interface PointGeometry {
  readonly type: 'Point';
  readonly coordinates: Position;
}

/** GeoJSON Polygon. */
export interface PolygonGeometry {
  readonly type: 'Polygon';
  readonly coordinates: ReadonlyArray<readonly Position[]>;
}

/** Coordinates in the order of the coordinate reference system: longitude, latitude (and height) unless another was asked for. */
export type Position = readonly number[];
