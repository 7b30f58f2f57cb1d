import { createRequire } from 'node:module';
import { hasDatumShift, isGeographic, proj4Parameter, WGS84, type CrsDefinition } from './crs-definition.ts';
import { agreesWithDatabase } from './datum-agreement.ts';
import { wrapLongitude } from './longitude.ts';
import { roundTripChecked } from './round-trip.ts';
import type { Transform } from './transform.ts';
import { fromWebMercator, toWebMercator } from './web-mercator.ts';
import { worldTransform } from './world-transform.ts';

// Projections that proj4 and PROJ compute alike (see datum-agreement.ts for how that was found); Robinson's, of which there
// is only a table, to within half a metre.
const PROJECTIONS = new Set(
  'aea aeqd bonne cass cea eqdc eqearth gnom laea lcc longlat merc moll omerc ortho poly robin sinu somerc stere sterea tmerc utm'.split(
    ' ',
  ),
);
// Of these, the ones whose formulas give every place on the globe one position of its own, or none.
const UNAMBIGUOUS = new Set('aea aeqd bonne cea eqdc eqearth laea lcc longlat merc moll robin sinu stere tmerc utm'.split(' '));
// And those that go round the globe again and again, or never come to its end.
const UNBOUNDED = new Set('cea longlat merc stere'.split(' '));

/** How far positions may be after a way there and back: above the rounding of series, far below what lies elsewhere. */
const DEGREES_BACK = 1e-4;
const METRES_BACK = 10;

/**
 * The transformation between two systems, in traditional axis order, or undefined when it cannot be computed here as the
 * database would: an unknown projection, grid shifts, a datum for which PROJ knows better. Longitudes beyond ±180 are
 * taken modulo 360; results are within ±180. Beyond the outline of a projection nothing has a place, but Mercator's and
 * Lambert's cylinder go round. Each pair is made once and kept by the caller.
 */
export function createTransform(from: CrsDefinition, to: CrsDefinition): Transform | undefined {
  const transform = formulas(from, to);
  if (transform === undefined || !mayMislead(from, to)) return transform;
  const back = formulas(to, from);
  if (back === undefined) return undefined;
  const fromGeographic = isGeographic(from);
  const tolerance = fromGeographic ? DEGREES_BACK : METRES_BACK / Number(proj4Parameter(from, 'to_meter') ?? 1);
  return roundTripChecked(transform, back, { tolerance, fromGeographic });
}

/** Where formulas give positions that mean nothing: backwards beyond the outline, forwards too far from where they are made for. */
function mayMislead(from: CrsDefinition, to: CrsDefinition): boolean {
  const [source, target] = [proj4Parameter(from, 'proj') ?? '', proj4Parameter(to, 'proj') ?? ''];
  if (from.srid === to.srid || (isGeographic(from) && worldTransform(to) !== undefined)) return false;
  if (isGeographic(to) && worldTransform(from) !== undefined) return false;
  return !UNBOUNDED.has(source) || !UNAMBIGUOUS.has(target);
}

function formulas(from: CrsDefinition, to: CrsDefinition): Transform | undefined {
  if (from.srid === to.srid) return identity;
  if (from.srid === 4326 && to.srid === 3857) return toWebMercator;
  if (from.srid === 3857 && to.srid === 4326) return fromWebMercator;
  if (!isDatumCertain(from, to)) return undefined;
  const [source, target] = [worldTransform(from), worldTransform(to)];
  if (source !== undefined || target !== undefined) {
    const toDegrees = source?.toDegrees ?? formulas(from, WGS84);
    const fromDegrees = target?.fromDegrees ?? formulas(WGS84, to);
    return toDegrees === undefined || fromDegrees === undefined ? undefined : inTurn(toDegrees, fromDegrees);
  }
  return isComputable(from) && isComputable(to) ? proj4Transform(from, to) : undefined;
}

function inTurn(first: Transform, second: Transform): Transform {
  return (xy) => {
    first(xy);
    second(xy);
  };
}

/** Leaves every position as it is. */
export function identity(): void {
  // Nothing to do: the arrays are transformed in place.
}

function isComputable(definition: CrsDefinition): boolean {
  const grids = proj4Parameter(definition, 'nadgrids');
  if (grids !== undefined && definition.srid !== 3857) return false;
  const axis = proj4Parameter(definition, 'axis');
  if (axis !== undefined && axis !== 'enu') return false;
  return PROJECTIONS.has(proj4Parameter(definition, 'proj') ?? '');
}

// Systems with the same datum shift need none between them, whatever PROJ takes it for against WGS 84.
function isDatumCertain(from: CrsDefinition, to: CrsDefinition): boolean {
  if (hasDatumShift(from) && datumText(from) === datumText(to)) return true;
  return agreesWithDatabase(from) && agreesWithDatabase(to);
}

function datumText(definition: CrsDefinition): string {
  return ['datum', 'ellps', 'a', 'b', 'rf', 'towgs84', 'pm'].map((name) => proj4Parameter(definition, name) ?? '-').join(' ');
}

/** Beyond this, in units of the target, are poles that formulas put at 1e23 instead of infinity. */
const FARTHEST = 1e12;

// What is used of proj4: degrees or CRS units in and out, an object for each position.
interface Position {
  x: number;
  y: number;
}
type Proj4 = (from: string, to: string) => { readonly forward: (position: Position) => Position };

function proj4Transform(from: CrsDefinition, to: CrsDefinition): Transform {
  // Loaded at the first need: most databases never leave 4326 and 3857.
  const proj4: Proj4 = createRequire(import.meta.url)('proj4');
  const { forward } = proj4(complete(from), complete(to));
  const [fromDegrees, toDegrees] = [isGeographic(from), isGeographic(to)];
  const position = { x: 0, y: 0 };
  return (xy) => {
    for (let i = 0; i + 1 < xy.length; i += 2) {
      const x = xy[i] ?? Number.NaN;
      position.x = fromDegrees ? wrapLongitude(x) : x;
      position.y = xy[i + 1] ?? Number.NaN;
      const mapped = isMappable(position, fromDegrees) ? attempt(forward, position) : undefined;
      const known = mapped !== undefined && Math.abs(mapped.x) < FARTHEST && Math.abs(mapped.y) < FARTHEST;
      xy[i] = known ? (toDegrees ? wrapLongitude(mapped.x) : mapped.x) : Number.NaN;
      xy[i + 1] = known ? mapped.y : Number.NaN;
    }
  };
}

// PROJ takes absent origins as 0; proj4 calculates with `undefined`.
function complete(definition: CrsDefinition): string {
  const projection = proj4Parameter(definition, 'proj');
  if (projection === 'longlat' || projection === 'utm') return definition.proj4text;
  const absent = ['lat_0', 'lon_0', 'x_0', 'y_0'].filter((name) => proj4Parameter(definition, name) === undefined);
  return [definition.proj4text, ...absent.map((name) => `+${name}=0`)].join(' ');
}

function isMappable({ x, y }: Position, degrees: boolean): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && !(degrees && Math.abs(y) > 90);
}

// Some of proj4's projections throw where others return NaN: a position that cannot be mapped is no error here.
function attempt(forward: (position: Position) => Position, position: Position): Position | undefined {
  try {
    return forward(position);
  } catch {
    return undefined;
  }
}
