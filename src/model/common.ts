// Generated from schemas/ by `npm run generate`. Do not edit.

/** A collection of features, or a raster. */
export interface CollectionDocument {
  /** Identifier as in URIs before percent-encoding. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  /** Credit for the data. */
  readonly attribution?: string;
  /** What the items are. */
  readonly itemType?: string;
  readonly extent?: ExtentDocument;
  /** Coordinate reference systems in which the data can be had. */
  readonly crs?: readonly string[];
  /** Coordinate reference system in which the data are kept. */
  readonly storageCrs?: string;
  /** Box around everything in `storageCrs` and its axis order. */
  readonly storageCrsBbox?: readonly [number, number, number, number];
  /** Largest scale for which the data are meant. */
  readonly minScaleDenominator?: number;
  /** Smallest scale for which the data are meant. */
  readonly maxScaleDenominator?: number;
  /** Native scale of a raster (0.28 mm pixels). */
  readonly scaleDenominator?: number;
  readonly dataType?: 'map' | 'vector' | 'coverage';
  /** 0 points, 1 curves, 2 surfaces; absent when mixed or unknown. */
  readonly geometryDimension?: number;
  readonly links: readonly Link[];
}

/** The collections, or one page of them. */
export interface Collections {
  readonly links: readonly Link[];
  /** Collections that match the request. */
  readonly numberMatched?: number;
  /** Collections on this page. */
  readonly numberReturned?: number;
  readonly timeStamp?: string;
  /** List that collections refer to by `#/crs`. */
  readonly crs?: readonly string[];
  readonly collections: readonly CollectionDocument[];
}

/** The conformance classes of the OGC's standards that the service implements. */
export interface ConformanceDeclaration {
  readonly conformsTo: readonly string[];
  readonly links?: readonly Link[];
}

/** How far the data reach along a dimension besides space and time. */
export interface DimensionExtentDocument {
  /** One interval around everything. */
  readonly interval: ReadonlyArray<readonly [number | string | null, number | string | null]>;
  /** What the dimension means; `…/nil/OGC/0/unknown` where nobody has said. */
  readonly definition?: string;
  /** Temporal reference system of instants. */
  readonly trs?: string;
  /** Unit of the values. */
  readonly unit?: string;
  readonly variableType?: 'continuous' | 'numericalOrdinal' | 'numericalNominal' | 'categoricalOrdinal' | 'categoricalNominal';
  /** Where along the dimension there are data. */
  readonly grid?: {
    /** Number of positions. */
    readonly cellsCount: number;
    /** Distance between positions that are equally far apart. */
    readonly resolution?: number;
    /** The first of them. */
    readonly firstCoordinate?: number;
    /** Positions that are not equally far apart. */
    readonly coordinates?: ReadonlyArray<number | string>;
  };
}

/** Where and when the data lie; every further member is a dimension of the data's own. */
export interface ExtentDocument {
  readonly spatial?: {
    /** One box around everything. */
    readonly bbox: ReadonlyArray<readonly [number, number, number, number]>;
    readonly crs?: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
    /** The same in the CRS in which the data are stored and its axis order. */
    readonly storageCrsBbox?: ReadonlyArray<readonly [number, number, number, number]>;
    /** The cells of a raster, axis by axis in the order of the CRS in which the data are stored. */
    readonly grid?: readonly [{
      /** Number of cells along the axis. */
      readonly cellsCount: number;
      /** From the middle of a cell to that of the next. */
      readonly resolution: number;
      /** The middle of the first cell; the axis ascends. */
      readonly firstCoordinate: number;
      /** From the middle of a cell to its edges. */
      readonly relativeBounds: readonly [number, number];
    }, {
      /** Number of cells along the axis. */
      readonly cellsCount: number;
      /** From the middle of a cell to that of the next. */
      readonly resolution: number;
      /** The middle of the first cell; the axis ascends. */
      readonly firstCoordinate: number;
      /** From the middle of a cell to its edges. */
      readonly relativeBounds: readonly [number, number];
    }];
  };
  readonly temporal?: {
    /** One interval around everything. */
    readonly interval: ReadonlyArray<readonly [string | null, string | null]>;
    readonly trs?: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';
  };
  readonly [member: string]: unknown;
}

/** Entry of the service; everything else is reached by its links. */
export interface LandingPage {
  readonly title: string;
  readonly description: string;
  /** Credit for the data. */
  readonly attribution?: string;
  readonly extent?: ExtentDocument;
  /** Coordinate reference systems in which everything can be had. */
  readonly crs?: readonly string[];
  readonly links: readonly Link[];
}

/** A link to another resource, or a template for such links. */
export interface Link {
  /** Absolute URI; a URI template when `templated` is true. */
  readonly href: string;
  /** Relation type. */
  readonly rel: string;
  /** Media type that is to be expected. */
  readonly type?: string;
  /** Label for people. */
  readonly title?: string;
  /** Language of the target. */
  readonly hreflang?: string;
  /** Size of the target in bytes. */
  readonly length?: number;
  /** `href` is a URI template. */
  readonly templated?: boolean;
}

/** JSON Schema of one property. */
export interface PropertySchema {
  readonly title?: string;
  readonly description?: string;
  /** One JSON type, or several. */
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null' | ReadonlyArray<'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null'>;
  readonly format?: string;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly contentEncoding?: string;
  readonly items?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly default?: unknown;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-ogc-role'?: 'id' | 'type' | 'title' | 'reference' | 'primary-geometry' | 'secondary-geometry' | 'primary-instant' | 'primary-interval' | 'primary-interval-start' | 'primary-interval-end';
  readonly 'x-ogc-propertySeq'?: number;
  readonly 'x-ogc-unit'?: string;
  readonly 'x-ogc-collectionId'?: string;
  readonly 'x-ogc-uriTemplate'?: string;
}

/** JSON Schema of the features of a collection. */
export interface SchemaDocument {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  readonly $id: string;
  readonly type: 'object';
  readonly title?: string;
  readonly description?: string;
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}
