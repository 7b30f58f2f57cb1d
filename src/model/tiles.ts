// Generated from schemas/ by `npm run generate`. Do not edit.
import type { Link, PropertySchema } from './common.ts';

/** A box in the axis order of its coordinate reference system. lowerCorner and upperCorner are the names of version 1.0. */
export interface BoundingBox2D {
  readonly lowerLeft: Point2D;
  readonly upperRight: Point2D;
  readonly crs?: string;
  readonly orderedAxes?: readonly [string, string];
  readonly type?: 'BoundingBoxType';
  readonly lowerCorner?: Point2D;
  readonly upperCorner?: Point2D;
}

/** A position in the axis order of the coordinate reference system. */
export type Point2D = readonly [number, number];

/** A MapLibre style. */
export interface StyleDocument {
  readonly version: 8;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly center?: readonly [number, number];
  readonly zoom?: number;
  readonly glyphs?: string;
  readonly sprite?: string;
  readonly projection?: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, {
      readonly type: string;
      readonly [member: string]: unknown;
    }>>;
  readonly layers: ReadonlyArray<{
    readonly id: string;
    readonly type: string;
    readonly source?: string;
    readonly 'source-layer'?: string;
    readonly minzoom?: number;
    readonly maxzoom?: number;
    readonly filter?: unknown;
    readonly layout?: Readonly<Record<string, unknown>>;
    readonly paint?: Readonly<Record<string, unknown>>;
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly [member: string]: unknown;
  }>;
}

/** TileJSON of one tile set. */
export interface TileJson {
  readonly tilejson: '3.0.0';
  /** URL templates with {z}, {x} and {y}. */
  readonly tiles: readonly string[];
  readonly vector_layers?: ReadonlyArray<{
    readonly id: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly description?: string;
    readonly minzoom?: number;
    readonly maxzoom?: number;
    readonly geometry_type?: string;
  }>;
  readonly name?: string;
  readonly description?: string;
  readonly attribution?: string;
  readonly version?: string;
  readonly scheme?: 'xyz' | 'tms';
  readonly minzoom?: number;
  readonly maxzoom?: number;
  /** West, south, east, north in degrees. */
  readonly bounds?: readonly [number, number, number, number];
  /** For each band shown the values that become the darkest and the brightest, as the parameter of this name takes them. */
  readonly rescale?: ReadonlyArray<readonly [number, number]>;
  /** Longitude, latitude, zoom. */
  readonly center?: readonly [number, number, number];
}

/** One level of a tile matrix set. */
export interface TileMatrixDocument {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  /** Scale for pixels of 0.28 mm. */
  readonly scaleDenominator: number;
  /** Size of a pixel in units of the coordinate reference system. */
  readonly cellSize: number;
  readonly cornerOfOrigin?: 'topLeft' | 'bottomLeft';
  readonly pointOfOrigin: Point2D;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly matrixWidth: number;
  readonly matrixHeight: number;
  readonly variableMatrixWidths?: readonly VariableMatrixWidth[];
}

/** One level of a tile matrix set in the words of version 1.0. */
export interface TileMatrix1Document {
  readonly type: 'TileMatrixType';
  readonly identifier: string;
  /** Scale for pixels of 0.28 mm. */
  readonly scaleDenominator: number;
  readonly topLeftCorner: Point2D;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly matrixWidth: number;
  readonly matrixHeight: number;
  readonly variableMatrixWidth?: readonly VariableMatrixWidth[];
}

/** A tile matrix set in the list of them. */
export interface TileMatrixSetItem {
  readonly id: string;
  readonly title?: string;
  readonly uri?: string;
  readonly crs?: string;
  readonly links: readonly Link[];
}

/** A tile matrix set, in the words of version 2.0 and of version 1.0. */
export interface TileMatrixSetDocument {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  /** Where the set is registered. */
  readonly uri?: string;
  readonly crs: string;
  readonly orderedAxes?: readonly string[];
  readonly wellKnownScaleSet?: string;
  readonly boundingBox?: BoundingBox2D;
  readonly tileMatrices: readonly TileMatrixDocument[];
  readonly type?: 'TileMatrixSetType';
  readonly identifier?: string;
  readonly supportedCRS?: string;
  readonly tileMatrix?: readonly TileMatrix1Document[];
  readonly links?: readonly Link[];
}

/** Rows and columns of one tile matrix that hold data, both ends included. */
export interface TileMatrixLimits {
  readonly tileMatrix: string;
  readonly minTileRow: number;
  readonly maxTileRow: number;
  readonly minTileCol: number;
  readonly maxTileCol: number;
}

/** The tile matrix sets of the service. */
export interface TileMatrixSets {
  readonly tileMatrixSets: readonly TileMatrixSetItem[];
  readonly links?: readonly Link[];
}

/** A set of tiles of one or more collections in one tile matrix set. */
export interface TileSetDocument {
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly attribution?: string;
  readonly dataType: 'map' | 'vector' | 'coverage';
  readonly crs: string;
  readonly tileMatrixSetId?: string;
  /** Where the tile matrix set is registered. */
  readonly tileMatrixSetURI?: string;
  /** The tile matrix set as this service gives it. */
  readonly tileMatrixSetDefinition?: string;
  readonly tileMatrixSet?: TileMatrixSetDocument;
  readonly tileMatrixSetLimits?: readonly TileMatrixLimits[];
  readonly boundingBox?: BoundingBox2D;
  readonly mediaTypes?: readonly string[];
  readonly updated?: string;
  readonly centerPoint?: {
    readonly coordinates: Point2D;
    readonly crs?: string;
    readonly tileMatrix?: string;
    readonly scaleDenominator?: number;
    readonly cellSize?: number;
  };
  readonly layers?: readonly TileSetLayer[];
  readonly links: readonly Link[];
}

/** One collection in the tiles. */
export interface TileSetLayer {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly dataType: 'map' | 'vector' | 'coverage';
  /** 0 points, 1 curves, 2 surfaces; absent when mixed or unknown. */
  readonly geometryDimension?: number;
  readonly crs?: string;
  readonly attribution?: string;
  readonly minTileMatrix?: string;
  readonly maxTileMatrix?: string;
  readonly boundingBox?: BoundingBox2D;
  readonly propertiesSchema?: {
    readonly type: 'object';
    readonly required?: readonly string[];
    readonly properties: Readonly<Record<string, PropertySchema>>;
  };
  readonly links?: readonly Link[];
}

/** The tile sets of a collection or of the whole service. */
export interface TileSets {
  readonly tilesets: readonly TileSetDocument[];
  readonly links?: readonly Link[];
}

/** Rows in which a number of tiles are one. */
export interface VariableMatrixWidth {
  readonly coalesce: number;
  readonly minTileRow: number;
  readonly maxTileRow: number;
}
