/**
 * Maps positions from one CRS to another, in place, in "traditional" order (longitude/easting first) whatever the
 * authority's axis order. `xy` holds interleaved pairs; a position that cannot be mapped becomes NaN, NaN.
 */
export type Transform = (xy: Float64Array) => void;
