// Generated from schemas/ by `npm run generate`. Do not edit.

/** Positions along one axis, at equal distances or one by one. */
export interface CoverageAxis {
  readonly start?: number;
  readonly stop?: number;
  readonly num?: number;
  readonly values?: ReadonlyArray<number | string>;
}

/** Where and when the numbers lie. */
export interface CoverageDomain {
  readonly type: 'Domain';
  readonly domainType: 'Grid';
  /** Middles of the cells, by axis. */
  readonly axes: Readonly<Record<string, CoverageAxis>>;
  readonly referencing: readonly CoverageReferencing[];
}

/** The numbers of a coverage as CoverageJSON. */
export interface CoverageJson {
  readonly type: 'Coverage';
  readonly domain: CoverageDomain;
  /** What each field means, by name. */
  readonly parameters: Readonly<Record<string, CoverageParameter>>;
  /** The numbers of each field, by name. */
  readonly ranges: Readonly<Record<string, NdArray>>;
}

/** The numbers of a coverage; at one position alone where both spatial axes are sliced. */
export type CoverageNumbers = CoverageJson | PositionValues;

/** What the numbers of a field mean. */
export interface CoverageParameter {
  readonly type: 'Parameter';
  readonly description?: Readonly<Record<string, string>>;
  readonly unit?: {
    readonly symbol?: string;
  };
  readonly observedProperty: {
    readonly label: Readonly<Record<string, string>>;
  };
}

/** What the coordinates of some axes mean. */
export interface CoverageReferencing {
  readonly coordinates: readonly string[];
  readonly system: {
    readonly type: 'GeographicCRS' | 'ProjectedCRS' | 'TemporalRS' | 'IdentifierRS';
    readonly id?: string;
    readonly calendar?: string;
    readonly targetConcept?: {
      readonly label: Readonly<Record<string, string>>;
    };
  };
}

/** One regular axis. */
export interface DomainAxis {
  readonly type: 'RegularAxis';
  readonly axisLabel: string;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly resolution: number;
  readonly uomLabel: string;
}

/** Where the cells of a coverage lie. */
export interface DomainSet {
  readonly type: 'DomainSet';
  readonly generalGrid: {
    readonly type: 'GeneralGridCoverage';
    readonly srsName: string;
    /** Axes in the order of the CRS, then time where the rows have one. */
    readonly axisLabels: readonly string[];
    readonly axis: ReadonlyArray<DomainAxis | TimeAxis>;
    readonly gridLimits: {
      readonly type: 'GridLimits';
      readonly srsName: string;
      readonly axisLabels: readonly string[];
      readonly axis: ReadonlyArray<{
        readonly type: 'IndexAxis';
        readonly axisLabel: string;
        readonly lowerBound: number;
        readonly upperBound: number;
      }>;
    };
  };
}

/** Numbers row by row from the first axis; null where there is no data. */
export interface NdArray {
  readonly type: 'NdArray';
  readonly dataType: 'float' | 'integer';
  readonly axisNames: readonly string[];
  readonly shape: readonly number[];
  readonly values: ReadonlyArray<number | null>;
}

/** The numbers at one position; null where there is no data. */
export type PositionValues = number | null | Readonly<Record<string, number | null>>;

/** One field. */
export interface RangeField {
  readonly type: 'Quantity';
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Type of the numbers. */
  readonly definition: string;
  readonly uom?: {
    readonly type: 'UnitReference';
    readonly code: string;
  };
  readonly nodata?: number;
}

/** What the numbers of a coverage mean, field by field. */
export interface RangeType {
  readonly type: 'DataRecord';
  readonly field: readonly RangeField[];
}

/** The instants of an axis of time. */
export interface TimeAxis {
  readonly type: 'IrregularAxis';
  readonly axisLabel: 'time';
  readonly coordinate: readonly string[];
  readonly uomLabel: string;
}
