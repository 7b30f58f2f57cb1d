import type { BandStatisticsDocument, RasterStatistics } from '../../model/rasters.ts';
import type { Statistics, ZonalStatistics } from './statistics-service.ts';

/** Statistics by name as TiTiler tells them; percentiles as `percentile_2`, `percentile_97.5`. */
export function statisticsDocument(
  { bands, exact, level }: Statistics,
  names: readonly string[],
  percentiles: readonly number[],
): RasterStatistics {
  return Object.fromEntries(bands.map((band, n) => [names[n] ?? `b${n + 1}`, bandDocument(band, { exact, level, percentiles })]));
}

function bandDocument(
  band: ZonalStatistics,
  { exact, level, percentiles }: { readonly exact: boolean; readonly level: number; readonly percentiles: readonly number[] },
): BandStatisticsDocument {
  const { samples, pixels, histogram } = band;
  const some = (value: number | undefined): number | null => (samples === 0 || value === undefined ? null : value);
  return {
    min: some(band.min),
    max: some(band.max),
    mean: some(band.mean),
    count: band.count,
    sum: band.sum,
    std: some(Math.sqrt(band.variance)),
    median: some(band.median),
    majority: some(band.majority),
    minority: some(band.minority),
    unique: some(band.unique),
    ...Object.fromEntries(percentiles.map((percent, n) => [`percentile_${percent}`, some(band.percentiles[n])])),
    histogram: histogram === undefined ? null : [histogram.counts, histogram.edges],
    valid_percent: pixels === 0 ? 0 : Math.round((samples / pixels) * 10_000) / 100,
    masked_pixels: pixels - samples,
    valid_pixels: samples,
    ...(band.area === undefined ? {} : { area: band.area }),
    exact,
    level,
  };
}
