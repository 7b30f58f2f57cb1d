import { AppError } from '../../base/error.ts';
import type { ValueBand, ValueImage } from '../../image/values.ts';
import type { CoverageJson, CoverageParameter, NdArray } from '../../model/coverages.ts';
import { CRS84 } from '../../crs/crs-uri.ts';
import type { Crs } from '../crs/crs-service.ts';

/** More numbers than this are no document. */
const MAX_NUMBERS = 4_000_000;

/** A coverage as CoverageJSON (OGC 21-069r2): a grid of the middles of the cells. @throws AppError CONTENT_TOO_LARGE */
export function coverageJson(image: ValueImage, crs: Pick<Crs, 'uri' | 'geographic' | 'srid'>, time: string | undefined): CoverageJson {
  const { width, height, grid, bands, planes } = image;
  if (width * height * bands.length > MAX_NUMBERS) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot write ${width} × ${height} cells of ${bands.length} fields as CoverageJSON: at most ${MAX_NUMBERS} numbers are written`,
    });
  }
  const x = { start: grid.originX + grid.scaleX / 2, stop: grid.originX + grid.scaleX * (width - 0.5), num: width };
  const y = { start: grid.originY + grid.scaleY / 2, stop: grid.originY + grid.scaleY * (height - 0.5), num: height };
  const hasTime = time !== undefined && !time.includes('/');
  const system = { type: crs.geographic ? ('GeographicCRS' as const) : ('ProjectedCRS' as const), id: crs.srid === 4326 ? CRS84 : crs.uri };
  return {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: { x, y, ...(hasTime ? { t: { values: [time] } } : {}) },
      referencing: [
        { coordinates: ['x', 'y'], system },
        ...(hasTime ? [{ coordinates: ['t'], system: { type: 'TemporalRS' as const, calendar: 'Gregorian' } }] : []),
      ],
    },
    parameters: Object.fromEntries(bands.map((band) => [band.name, parameterOf(band)])),
    ranges: Object.fromEntries(bands.map((band, i) => [band.name, rangeOf(band, planes[i] ?? [], { width, height, hasTime })])),
  };
}

function parameterOf({ name, description, unit }: ValueBand): CoverageParameter {
  return {
    type: 'Parameter',
    ...(description === undefined ? {} : { description: { en: description } }),
    ...(unit === undefined ? {} : { unit: { symbol: unit } }),
    observedProperty: { label: { en: description ?? name } },
  };
}

function rangeOf(
  { pixelType }: ValueBand,
  plane: ArrayLike<number>,
  { width, height, hasTime }: { readonly width: number; readonly height: number; readonly hasTime: boolean },
): NdArray {
  const isInteger = !pixelType.endsWith('F');
  const values = Array.from({ length: width * height }, (_, i) => {
    const value = plane[i] ?? Number.NaN;
    if (!Number.isFinite(value)) return null;
    return isInteger ? Math.round(value) : value;
  });
  return {
    type: 'NdArray',
    dataType: isInteger ? 'integer' : 'float',
    axisNames: [...(hasTime ? ['t'] : []), 'y', 'x'],
    shape: [...(hasTime ? [1] : []), height, width],
    values,
  };
}
