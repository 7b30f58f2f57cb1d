import { proj4Parameter, type CrsDefinition } from './crs-definition.ts';
import { wrapLongitude } from './longitude.ts';
import type { Transform } from './transform.ts';
import type { Position } from './unit-sphere.ts';
import { worldProjection } from './world-projection.ts';

/** Both ways between degrees of a system's own datum and its units. */
export interface WorldTransform {
  readonly fromDegrees: Transform;
  readonly toDegrees: Transform;
}

/** WGS 84 and GRS 80 alike; the sphere on which these projections are made has the radius of the equator. */
const EQUATOR = 6_378_137;
/** Radius of the sphere with as much surface as WGS 84 (`+R_A`). */
const AUTHALIC = 6_371_007.180_918_474;
const KNOWN_PARAMETERS = 'proj lat_0 lon_0 x_0 y_0 R R_A lat_ts lat_1 datum ellps a b units towgs84 no_defs type wktext'.split(' ');

/**
 * The transformation to and from a projection of the whole world that is computed here (see world-projection.ts);
 * undefined for other projections, and where the definition says more than is known.
 */
export function worldTransform(definition: CrsDefinition): WorldTransform | undefined {
  const projection = worldProjection(definition);
  const radius = radiusOf(definition);
  if (projection === undefined || radius === undefined || !isPlain(definition)) return undefined;
  const number = (name: string): number => Number(proj4Parameter(definition, name) ?? 0);
  const [middle, falseX, falseY] = [number('lon_0'), number('x_0'), number('y_0')];
  const position: Position = { x: 0, y: 0 };
  return {
    fromDegrees: eachPosition((lon, lat) => {
      position.x = Math.abs(lat) <= 90 ? radians(wrapLongitude(lon - middle)) : Number.NaN;
      position.y = radians(lat);
      projection.forward(position);
      return [position.x * radius + falseX, position.y * radius + falseY];
    }),
    toDegrees: eachPosition((x, y) => {
      position.x = (x - falseX) / radius;
      position.y = (y - falseY) / radius;
      projection.inverse(position);
      return [wrapLongitude((position.x * 180) / Math.PI + middle), (position.y * 180) / Math.PI];
    }),
  };
}

/** Metres; undefined where the definition leaves it to names that are not known here. */
function radiusOf(definition: CrsDefinition): number | undefined {
  const sphere = proj4Parameter(definition, 'R') ?? proj4Parameter(definition, 'a');
  if (sphere !== undefined) return Number(sphere) > 0 ? Number(sphere) : undefined;
  const name = proj4Parameter(definition, 'datum') ?? proj4Parameter(definition, 'ellps');
  if (name !== 'WGS84' && name !== 'GRS80') return undefined;
  return proj4Parameter(definition, 'R_A') === undefined ? EQUATOR : AUTHALIC;
}

function isPlain({ proj4text }: CrsDefinition): boolean {
  const units = proj4Parameter({ srid: 0, proj4text }, 'units');
  const names = [...proj4text.matchAll(/\+(\w+)/g)].map(([, name = '']) => name);
  const isFromEquator = Number(proj4Parameter({ srid: 0, proj4text }, 'lat_0') ?? 0) === 0;
  return isFromEquator && (units === undefined || units === 'm') && names.every((name) => KNOWN_PARAMETERS.includes(name));
}

function eachPosition(map: (x: number, y: number) => readonly [number, number]): Transform {
  return (xy) => {
    for (let i = 0; i + 1 < xy.length; i += 2) {
      const [x, y] = map(xy[i] ?? Number.NaN, xy[i + 1] ?? Number.NaN);
      const known = Number.isFinite(x) && Number.isFinite(y);
      xy[i] = known ? x : Number.NaN;
      xy[i + 1] = known ? y : Number.NaN;
    }
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
