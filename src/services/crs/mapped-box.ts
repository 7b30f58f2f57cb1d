import type { Bbox } from '../../base/bbox.ts';
import { proj4Parameter, WGS84, type CrsDefinition } from '../../crs/crs-definition.ts';
import { leaveOutDistorted } from '../../crs/leave-out-distorted.ts';
import { transformBbox } from '../../crs/transform-bbox.ts';
import type { RunContext } from '../../db/database.ts';
import type { References } from '../rasters/references.ts';

/** What a box needs to know of a CRS. */
interface BoxCrs {
  readonly srid: number;
  readonly geographic: boolean;
  readonly metresPerUnit: number;
  readonly definition: CrsDefinition;
}

/** A box to find in another CRS. */
export interface BoxTask {
  readonly bbox: Bbox;
  readonly from: BoxCrs;
  readonly to: BoxCrs;
  /** Parts that `to` draws more often than this too large are left out: many projections have no end. */
  readonly mostEnlarged: number;
}

const MERCATOR_LATITUDE = 85.051128779807;

/** The box around a box in another CRS (see CrsService.box). */
export async function mappedBox(
  references: References,
  { bbox, from, to, mostEnlarged }: BoxTask,
  context: RunContext,
): Promise<Bbox | undefined> {
  if (from.srid === to.srid) return bbox;
  const options = { fromGeographic: from.geographic, toGeographic: to.geographic };
  const isMercator = proj4Parameter(to.definition, 'proj') === 'merc';
  const inside = from.geographic && isMercator ? withinMercator(bbox) : bbox;
  let samples = new Float64Array();
  transformBbox(inside, (xy) => void (samples = xy.slice()), options);
  const degrees = samples.slice();
  await (await references(from.srid, to.srid, context)).forward.run(samples, context);
  if (from.geographic && isCylinder(to)) unroll(samples, Math.sqrt(samples.length / 2));
  if (!to.geographic && !isMercator) {
    if (!from.geographic) await (await references(from.srid, WGS84.srid, context)).forward.run(degrees, context);
    const metres = samples.map((value) => value * to.metresPerUnit);
    leaveOutDistorted({ degrees, metres, side: Math.sqrt(samples.length / 2) }, mostEnlarged);
    samples = samples.map((value, i) => (Number.isNaN(metres[i]) ? Number.NaN : value));
  }
  const box = transformBbox(inside, (xy) => xy.set(samples), options);
  if (box === undefined || !to.geographic || box[0] <= box[2]) return box;
  return [box[0], box[1], box[2] + 360, box[3]];
}

/** Projections on which eastings grow evenly with longitude, so that a map may go on beyond the antimeridian. */
const CYLINDERS = new Set(['merc', 'eqc', 'cea', 'mill']);

function isCylinder({ definition }: BoxCrs): boolean {
  return CYLINDERS.has(proj4Parameter(definition, 'proj') ?? '');
}

/** Lets eastings grow on where they begin anew at the other edge of the world: rows of `side` positions, x, y, x, y …, west to east. */
function unroll(samples: Float64Array, side: number): void {
  for (let row = 0; row < side; row += 1) {
    const first = 2 * row * side;
    const steps = Array.from({ length: side - 1 }, (_, i) => (samples[first + 2 * i + 2] ?? 0) - (samples[first + 2 * i] ?? 0));
    const step = Math.max(...steps);
    if (!(step > 0) || steps.every((each) => each > 0)) continue;
    const begin = samples[first] ?? 0;
    for (let i = 1; i < side; i += 1) samples[first + 2 * i] = begin + i * step;
  }
}

/** Mercator goes on for ever towards the poles; maps of it end where the world's is a square. */
function withinMercator([west, south, east, north]: Bbox): Bbox {
  return [west, Math.max(south, -MERCATOR_LATITUDE), east, Math.min(north, MERCATOR_LATITUDE)];
}
