/** A tile matrix set as read from its registered document (OGC 17-083r4); numbers kept as registered. */
export interface TileMatrixSet {
  readonly id: string;
  readonly title: string;
  /** Registered URI; absent for sets that the OGC's register does not hold. */
  readonly uri: string | undefined;
  /** CRS URI, and its SRID in spatial_ref_sys' numbering (CRS84 → 4326). */
  readonly crs: string;
  readonly srid: number;
  /** True when the CRS' authority puts northing/latitude first, so that `pointOfOrigin` is swapped in the document. */
  readonly northingFirst: boolean;
  readonly orderedAxes: readonly string[] | undefined;
  readonly wellKnownScaleSet: string | undefined;
  readonly matrices: readonly TileMatrix[];
  /** The document as registered, for `/tileMatrixSets/{tms}`. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** One level of a tile matrix set. */
export interface TileMatrix {
  readonly id: string;
  readonly scaleDenominator: number;
  /** CRS units per pixel. */
  readonly cellSize: number;
  /** Corner of origin in traditional order (easting/longitude first). */
  readonly originX: number;
  readonly originY: number;
  readonly cornerOfOrigin: 'topLeft' | 'bottomLeft';
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly matrixWidth: number;
  readonly matrixHeight: number;
  /** Rows whose tiles are merged by a factor (17-083r4 §7.1.3); empty for plain sets. */
  readonly coalesced: readonly { readonly coalesce: number; readonly minRow: number; readonly maxRow: number }[];
}
