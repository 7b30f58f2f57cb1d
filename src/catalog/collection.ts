import type { Bbox } from '../base/bbox.ts';
import type { Sql } from '../base/sql.ts';
import type { ColorMap } from '../color/color-map.ts';
import type { LayerKind } from '../raster/layer-kind.ts';
import type { PixelTypeName } from '../raster/wkb.ts';

/** A table, view, materialised view, foreign or partitioned table that collections are made of. */
export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned' | 'view' | 'materialized-view' | 'foreign-table';
}

/** What every collection has, whatever it holds. Frozen; a change of the database makes a new one. */
export interface CollectionBase {
  /** As in URLs, before percent-encoding; how it is made stands in collection-id.ts. */
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly keywords: readonly string[];
  readonly attribution: string | undefined;
  readonly relation: Relation;
  /** A fixed condition on the relation's rows: one table may hold many collections. */
  readonly predicate: Sql | undefined;
  readonly estimatedRows: number | undefined;
  /** Changes whenever anything that decides the bytes of an answer changes in the catalogue. */
  readonly version: string;
}

/** JSON Schema facts of one column. */
export interface Property {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** PostgreSQL's name of the type, domains resolved: `int4`, `timestamptz`, `_text`. */
  readonly type: string;
  readonly jsonType: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'any';
  readonly format: string | undefined;
  readonly maxLength: number | undefined;
  readonly enum: readonly string[] | undefined;
  readonly nullable: boolean;
}

/** The geometry of a vector collection. */
export interface GeometryColumn {
  readonly name: string;
  readonly type: 'geometry' | 'geography';
  /** OGC name in upper case: `POINT`, `MULTIPOLYGON`, `GEOMETRY` …, without dimension suffix. */
  readonly geometryType: string;
  readonly srid: number;
  readonly hasZ: boolean;
  readonly hasM: boolean;
  readonly indexed: boolean;
  readonly nullable: boolean;
}

/** A temporal axis: one column, or two that bound an interval. */
export interface TemporalColumns {
  readonly start: string;
  /** The same as `start` for instants. */
  readonly end: string;
  readonly type: 'date' | 'timestamp' | 'timestamptz';
}

/** Rows with at most one geometry and any number of properties. */
export interface VectorCollection extends CollectionBase {
  readonly kind: 'vector';
  readonly geometry: GeometryColumn | undefined;
  /** Key columns in key order; none: features have no id. */
  readonly key: readonly Property[];
  /** Every property column (key columns too), in column order, geometry and raster columns left out. */
  readonly properties: readonly Property[];
  readonly temporal: TemporalColumns | undefined;
}

/** A value of a band that has a meaning: one, or all in [min, max). */
export interface BandClass {
  readonly min: number;
  /** The same as `min` for a single value. */
  readonly max: number;
  readonly label: string | undefined;
  /** `#rrggbb` or `#rrggbbaa`. */
  readonly color: string | undefined;
}

/** One band of a raster collection. */
export interface Band {
  /** `b1` … `bn` unless a comment names it. */
  readonly name: string;
  readonly title: string | undefined;
  readonly unit: string | undefined;
  readonly pixelType: PixelTypeName;
  readonly nodata: number | undefined;
  /** Values mean scale · stored + offset where a request asks for it; 1 and 0 unless a comment says otherwise. */
  readonly scale: number;
  readonly offset: number;
  /** What a comment says that values mean, in its order; empty: nothing. */
  readonly classes: readonly BandClass[];
  /** What the band is taken for in a default picture: a guess from number and types of the bands; absent for further bands. */
  readonly color?: 'gray' | 'red' | 'green' | 'blue' | 'alpha';
}

/** One level of a raster pyramid: the base table or an overview table. */
export interface RasterLevel {
  readonly relation: Relation;
  readonly column: string;
  /** 1 for the base table, else the overview factor. */
  readonly factor: number;
  /** A condition on the relation's rows, where one table holds several levels. */
  readonly predicate?: Sql | undefined;
  /** Size of a pixel in units of the CRS, positive. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly indexed: boolean;
}

/** Rows of raster blocks that together make one coverage. */
export interface RasterCollection extends CollectionBase {
  readonly kind: 'raster';
  readonly column: string;
  readonly srid: number;
  readonly bands: readonly Band[];
  /** Finest first; `levels[0]` is the base table. */
  readonly levels: readonly RasterLevel[];
  /** In the raster's CRS, traditional axis order. Absent when neither constraints nor rows told it yet. */
  readonly nativeBbox: Bbox | undefined;
  readonly blockWidth: number | undefined;
  readonly blockHeight: number | undefined;
  readonly regularBlocking: boolean;
  /** SRIDs of rows that are in another CRS than `srid`; `nativeBbox` holds these rows too. */
  readonly otherSrids?: readonly number[] | undefined;
  /** Columns of the base table that choose its rows, rasters left out; overviews have none. */
  readonly properties?: readonly Property[] | undefined;
  /** Key columns of the base table in key order; none: rows cannot be asked for one by one. */
  readonly key?: readonly Property[] | undefined;
  /** The time axis of the base table's rows; overviews have none. */
  readonly temporal?: TemporalColumns | undefined;
  /** What somebody declared that the numbers are; absent: recognised by their values. */
  readonly layerKind?: LayerKind | undefined;
  /** The colours that somebody gave to the numbers of the only band; absent: a default. */
  readonly colorMap?: ColorMap | undefined;
}

/** What the server publishes under `/collections`. */
export type Collection = VectorCollection | RasterCollection;

/** Spatial (CRS84, west > east across the antimeridian) and temporal extent of a collection. */
export interface Extent {
  readonly bbox: Bbox | undefined;
  readonly interval: readonly [start: string | null, end: string | null] | undefined;
  /** False while only the planner's statistics have been asked. */
  readonly exact: boolean;
  /** Of a raster, in its CRS and traditional axis order. */
  readonly nativeBbox?: Bbox | undefined;
  /** Along the further columns of a table of rasters; absent: none, or not known yet. */
  readonly dimensions?: readonly DimensionExtent[] | undefined;
}

/** How far the rows of a table of rasters reach along one of its further columns, values of null left out. */
export interface DimensionExtent {
  readonly name: string;
  /** Least and greatest: numbers, instants (RFC 3339), or text in the order of code points; null: too long to be told. */
  readonly range: readonly [least: number | string | null, greatest: number | string | null];
  /** Every value, ascending; undefined where there are too many to name. */
  readonly values: readonly (number | string)[] | undefined;
}
