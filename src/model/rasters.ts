// Generated from schemas/ by `npm run generate`. Do not edit.
import type { Link } from './common.ts';

/** One algorithm, what it takes, what it gives, and its parameters. */
export interface AlgorithmDocument {
  /** Value of `algorithm`. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: {
    /** The fewest bands that it needs. */
    readonly nbands: number;
    /** The most bands that it reads. */
    readonly maxbands?: number;
  };
  readonly outputs: {
    /** How many bands it gives; absent when as many as it takes. */
    readonly nbands?: number;
    /** Values, which are stretched and coloured as a band is, or finished red, green and blue. */
    readonly kind: 'values' | 'rgb';
    /** The value that is drawn as the first colour. */
    readonly min?: readonly number[];
    /** The value that is drawn as the last colour. */
    readonly max?: readonly number[];
  };
  /** A JSON Schema for each member of `algorithm_params`. */
  readonly parameters: Readonly<Record<string, {
      readonly description: string;
      readonly [member: string]: unknown;
    }>>;
  readonly links: readonly Link[];
}

/** The algorithms that can be run over a raster. */
export interface AlgorithmsDocument {
  readonly algorithms: ReadonlyArray<{
    /** Value of `algorithm`. */
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly links: readonly Link[];
  }>;
  readonly links: readonly Link[];
}

/** Statistics of one band; members as TiTiler names them, and `percentile_…` for each percentile asked for. Null where nothing has a value. */
export interface BandStatisticsDocument {
  readonly description?: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Sum of the weights. */
  readonly count: number;
  readonly sum: number;
  /** Of the whole population. */
  readonly std: number | null;
  readonly median: number | null;
  readonly majority: number | null;
  readonly minority: number | null;
  readonly unique: number | null;
  /** Counts, and the edges of the bins (one more); of classes their counts and values. */
  readonly histogram: readonly [readonly number[], readonly number[]] | null;
  readonly valid_percent: number;
  readonly masked_pixels: number;
  readonly valid_pixels: number;
  /** Square metres on the ground of what has a value inside a zone. */
  readonly area?: number;
  /** Whether every pixel of the table was counted. */
  readonly exact: boolean;
  /** Factor of the pyramid level that was counted. */
  readonly level: number;
  readonly [member: string]: unknown;
}

/** The colours of a map by their place, "0" for the lowest value to "255" for the highest; red, green, blue and alpha. */
export type ColorMapDocument = Readonly<Record<string, readonly [number, number, number, number]>>;

/** The colour maps that have a name, and the legends that the database keeps. */
export interface ColorMapsDocument {
  readonly colormaps: ReadonlyArray<{
    /** Value of `colormap_name`. */
    readonly id: string;
    readonly family: 'perceptual' | 'color-brewer' | 'oceanography' | 'classic' | 'qualitative';
    readonly links: readonly Link[];
  }>;
  /** Colours that the database keeps under a name, for `legend` at any picture. */
  readonly legends: ReadonlyArray<{
    /** Value of `legend`. */
    readonly id: string;
    readonly kind: 'values' | 'intervals' | 'conditions' | 'gradient';
    /** Whose tables have it. */
    readonly source: 'django-raster' | 'legend-table';
    readonly links: readonly Link[];
  }>;
  readonly links: readonly Link[];
}

/** A legend as django-raster tells it; each entry holds for the values x of its expression. */
export type DjangoLegendDocument = ReadonlyArray<{
  readonly name: string;
  /** A value, or a condition on the value x. */
  readonly expression: string;
  /** #rrggbb, or #rrggbbaa where it is not opaque. */
  readonly color: string;
}>;

/** What the colours of a picture mean. The entries can be given as `colormap` to draw with the same colours. */
export interface LegendDocument {
  readonly title: string;
  /** Unit of the values. */
  readonly unit?: string;
  /** A scale, colours of their own for values or intervals, or red, green and blue of a picture. */
  readonly kind: 'gradient' | 'classes' | 'channels';
  /** The classes or intervals in their order; of a gradient its rounded values; of channels red, green and blue. */
  readonly entries: ReadonlyArray<{
    /** A single value; absent for intervals. */
    readonly value?: number;
    /** Values from here on; absent where nothing bounds them. */
    readonly min?: number;
    /** Values below; absent where nothing bounds them. */
    readonly max?: number;
    /** Values x for which this is true. */
    readonly expression?: string;
    readonly label: string;
    /** #rrggbb, or #rrggbbaa where it is not opaque. */
    readonly color: string;
  }>;
  readonly gradient?: {
    readonly min: number;
    readonly max: number;
    /** Evenly from min to max. */
    readonly colors: readonly string[];
  };
  readonly links?: readonly Link[];
}

/** The number at a position; members as django-raster names them. */
export interface PixelDocument {
  /** Easting in metres of Web Mercator. */
  readonly x: number;
  readonly y: number;
  /** Of the formula, else of the first source; null without data. */
  readonly value: number | null;
  /** By the names of the sources, where there is no formula. */
  readonly values?: Readonly<Record<string, number | null>>;
}

/** Numbers under a point; members as TiTiler names them, and one entry under `times` for each time of the rows. */
export interface PointDocument {
  readonly coordinates: readonly [number, number];
  /** By band, of the newest time; null without data. */
  readonly values: ReadonlyArray<number | null>;
  readonly band_names: readonly string[];
  /** Empty where the rows have no time; newest first. */
  readonly times: ReadonlyArray<{
    readonly time: string;
    readonly values: ReadonlyArray<number | null>;
  }>;
}

/** Numbers along a line. */
export interface ProfileDocument {
  readonly band_names: readonly string[];
  /** Metres on the ground along the line. */
  readonly length: number;
  readonly samples: ReadonlyArray<{
    readonly coordinates: readonly [number, number];
    /** Metres from the beginning of the line. */
    readonly distance: number;
    readonly values: ReadonlyArray<number | null>;
  }>;
}

/** What a raster collection holds; members as TiTiler names them. */
export interface RasterInfo {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** West, south, east, north in the CRS of the collection, easting or longitude first; null while unknown. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** URI of the coordinate reference system. */
  readonly crs: string;
  /** Columns of the whole at its own resolution. */
  readonly width?: number;
  readonly height?: number;
  /** Number of bands. */
  readonly count: number;
  /** Type of the first band as numpy names it: uint8, float32, … */
  readonly dtype: string;
  /** Name of each band and what is known of it. */
  readonly band_metadata: ReadonlyArray<readonly [unknown, unknown]>;
  readonly band_descriptions: ReadonlyArray<readonly [string, string]>;
  readonly nodata_type: 'None' | 'Nodata' | 'Alpha';
  readonly nodata_value?: number | null;
  readonly colorinterp: readonly string[];
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  /** Factors of the pyramid levels. */
  readonly overviews: readonly number[];
  readonly levels: ReadonlyArray<{
    readonly factor: number;
    /** Width and height of a pixel in units of the CRS. */
    readonly resolution: readonly [number, number];
  }>;
  readonly links: readonly Link[];
}

/** The outline of a raster collection with what it holds. */
export interface RasterInfoFeature {
  readonly type: 'Feature';
  readonly bbox?: readonly [number, number, number, number];
  readonly geometry: {
    readonly type: 'Polygon' | 'MultiPolygon';
    readonly coordinates: readonly unknown[];
  } | null;
  readonly properties: RasterInfo;
}

/** Statistics by the name of the band or expression. */
export type RasterStatistics = Readonly<Record<string, BandStatisticsDocument>>;

/** How often each value occurs in each band, and how much ground it covers. */
export interface ValueCountsDocument {
  /** Whether every pixel of the table was counted. */
  readonly exact: boolean;
  /** Factor of the pyramid level that was counted; pixels of other levels are larger. */
  readonly level: number;
  readonly bands: ReadonlyArray<{
    readonly name: string;
    /** By value, ascending; null when there are too many different ones. */
    readonly values: ReadonlyArray<{
      readonly value: number;
      readonly label?: string;
      /** Pixels. */
      readonly count: number;
      /** Square metres on the ground. */
      readonly area: number;
    }> | null;
  }>;
}

/** The features of the request, each with the statistics of what lies inside under `properties.statistics`. */
export interface ZonalStatistics {
  readonly type: 'Feature' | 'FeatureCollection';
  readonly geometry?: Readonly<Record<string, unknown>> | null;
  readonly properties?: {
    readonly statistics?: RasterStatistics;
    readonly [member: string]: unknown;
  } | null;
  readonly features?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly [member: string]: unknown;
}
