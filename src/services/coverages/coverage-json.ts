import { AppError } from '../../base/error.ts';
import { CRS84 } from '../../crs/crs-uri.ts';
import type { JsonPiece } from '../../image/json-numbers.ts';
import type { ValueBand, ValueImage } from '../../image/values.ts';
import type { CoverageJson, CoverageParameter, CoverageReferencing, NdArray } from '../../model/coverages.ts';
import type { Crs } from '../crs/crs-service.ts';
import type { CoverageAxis } from './coverage-steps.ts';

/** More numbers than this are no document. */
const MAX_NUMBERS = 4_000_000;

/**
 * A coverage as CoverageJSON (OGC 21-069r2): a grid of the middles of the cells, as parts of a text, for its numbers are many.
 * `further` are the axes of the image's bands besides space, the last running fastest and the fields faster still.
 * @throws AppError CONTENT_TOO_LARGE
 */
export function coverageJson(
  image: ValueImage,
  crs: Pick<Crs, 'uri' | 'geographic' | 'srid'>,
  further: readonly CoverageAxis[],
): readonly JsonPiece[] {
  const { width, height, grid, bands, planes } = image;
  if (width * height * bands.length > MAX_NUMBERS) {
    throw new AppError('CONTENT_TOO_LARGE', {
      detail: `Cannot write ${width} × ${height} cells in ${bands.length} layers as CoverageJSON: at most ${MAX_NUMBERS} numbers are written`,
    });
  }
  const x = { start: grid.originX + grid.scaleX / 2, stop: grid.originX + grid.scaleX * (width - 0.5), num: width };
  const y = { start: grid.originY + grid.scaleY / 2, stop: grid.originY + grid.scaleY * (height - 0.5), num: height };
  const system = { type: crs.geographic ? ('GeographicCRS' as const) : ('ProjectedCRS' as const), id: crs.srid === 4326 ? CRS84 : crs.uri };
  const named = further.map(({ name, positions }) => ({ axis: axisName(name), name, positions }));
  const fields = bands.slice(0, bands.length / further.reduce((product, { positions }) => product * positions.length, 1));
  const frame = {
    axisNames: [...named.map(({ axis }) => axis), 'y', 'x'],
    shape: [...named.map(({ positions }) => positions.length), height, width],
  };
  const document: Omit<CoverageJson, 'ranges'> = {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: { x, y, ...Object.fromEntries(named.map(({ axis, positions }) => [axis, { values: positions }])) },
      referencing: [
        { coordinates: ['x', 'y'], system },
        ...named.map(({ axis, name }) => ({ coordinates: [axis], system: systemOf(name) })),
      ],
    },
    parameters: Object.fromEntries(fields.map((band) => [band.name, parameterOf(band)])),
  };
  const ranges = fields.flatMap(({ name, pixelType }, field): readonly JsonPiece[] => {
    // A field that is asked for twice is one member.
    if (fields.findIndex((other) => other.name === name) < field) return [];
    const whole = !pixelType.endsWith('F');
    const facts: Omit<NdArray, 'values'> = { type: 'NdArray', dataType: whole ? 'integer' : 'float', ...frame };
    const head = `${field === 0 ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(facts).slice(0, -1)},"values":`;
    return [head, { planes: planes.filter((_, i) => i % fields.length === field), whole }, '}'];
  });
  return [`${JSON.stringify(document).slice(0, -1)},"ranges":{`, ...ranges, '}}'];
}

/** CoverageJSON calls time `t`; a column must not take the names of its own axes. */
function axisName(name: string): string {
  if (name === 'time') return 't';
  return ['x', 'y', 'z', 't'].includes(name) ? `${name}_` : name;
}

function systemOf(name: string): CoverageReferencing['system'] {
  if (name === 'time') return { type: 'TemporalRS', calendar: 'Gregorian' };
  return { type: 'IdentifierRS', targetConcept: { label: { en: name } } };
}

function parameterOf({ name, description, unit }: ValueBand): CoverageParameter {
  return {
    type: 'Parameter',
    ...(description === undefined ? {} : { description: { en: description } }),
    ...(unit === undefined ? {} : { unit: { symbol: unit } }),
    observedProperty: { label: { en: description ?? name } },
  };
}
