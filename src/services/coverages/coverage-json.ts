import { AppError } from '../../base/error.ts';
import type { ValueBand, ValueImage } from '../../image/values.ts';
import type { Plane } from '../../raster/image.ts';
import type { CoverageJson, CoverageParameter, NdArray } from '../../model/coverages.ts';
import { CRS84 } from '../../crs/crs-uri.ts';
import type { Crs } from '../crs/crs-service.ts';

/** More numbers than this are no document. */
const MAX_NUMBERS = 4_000_000;

/**
 * A coverage as CoverageJSON (OGC 21-069r2): a grid of the middles of the cells. `times` are the instants of the image's bands, one
 * after the other; none where the answer has no axis of time.
 * @throws AppError CONTENT_TOO_LARGE
 */
export function coverageJson(image: ValueImage, crs: Pick<Crs, 'uri' | 'geographic' | 'srid'>, times: readonly string[]): CoverageJson {
  const { width, height, grid, bands, planes } = image;
  if (width * height * bands.length > MAX_NUMBERS) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot write ${width} × ${height} cells in ${bands.length} layers as CoverageJSON: at most ${MAX_NUMBERS} numbers are written`,
    });
  }
  const x = { start: grid.originX + grid.scaleX / 2, stop: grid.originX + grid.scaleX * (width - 0.5), num: width };
  const y = { start: grid.originY + grid.scaleY / 2, stop: grid.originY + grid.scaleY * (height - 0.5), num: height };
  const hasTime = times.length > 0;
  const system = { type: crs.geographic ? ('GeographicCRS' as const) : ('ProjectedCRS' as const), id: crs.srid === 4326 ? CRS84 : crs.uri };
  const fields = bands.slice(0, bands.length / Math.max(1, times.length));
  const shape = [...(hasTime ? [times.length] : []), height, width];
  return {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: { x, y, ...(hasTime ? { t: { values: times } } : {}) },
      referencing: [
        { coordinates: ['x', 'y'], system },
        ...(hasTime ? [{ coordinates: ['t'], system: { type: 'TemporalRS' as const, calendar: 'Gregorian' } }] : []),
      ],
    },
    parameters: Object.fromEntries(fields.map((band) => [band.name, parameterOf(band)])),
    ranges: Object.fromEntries(
      fields.map((band, n) => [
        band.name,
        rangeOf(
          band,
          planes.filter((_, i) => i % fields.length === n),
          shape,
        ),
      ]),
    ),
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

/** The numbers of a field, instant by instant; an axis of three is t, y, x, of two y, x. */
function rangeOf({ pixelType }: ValueBand, planes: readonly Plane[], shape: readonly number[]): NdArray {
  const isInteger = !pixelType.endsWith('F');
  const numberOf = (value: number): number | null => (!Number.isFinite(value) ? null : isInteger ? Math.round(value) : value);
  return {
    type: 'NdArray',
    dataType: isInteger ? 'integer' : 'float',
    axisNames: ['t', 'y', 'x'].slice(-shape.length),
    shape,
    values: planes.flatMap((plane) => Array.from(plane, numberOf)),
  };
}
