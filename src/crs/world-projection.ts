import { proj4Parameter, type CrsDefinition } from './crs-definition.ts';
import { parameterAt, pseudocylindrical, type Lobe, type Pseudocylindrical } from './pseudocylindrical.ts';
import type { Position, WorldProjection } from './unit-sphere.ts';
import { vanDerGrinten } from './van-der-grinten.ts';

/** More than rounding beyond the outline. */
const SLIVER = 1e-10;
const HALF = Math.PI / 2;

/** The projections of the whole world that maps are drawn in and proj4 does not have; undefined for others. */
export function worldProjection(definition: CrsDefinition): WorldProjection | undefined {
  const name = INTERRUPTED.get(definition.srid) ?? proj4Parameter(definition, 'proj') ?? '';
  const degrees = (parameter: string): number | undefined => {
    const text = proj4Parameter(definition, parameter);
    return text === undefined ? undefined : (Number(text) * Math.PI) / 180;
  };
  const straight = pseudocylindrical(name, degrees('lat_ts') ?? degrees('lat_1') ?? 0);
  if (straight !== undefined) return ofParallels(straight);
  if (name === 'aitoff') return bySteps(aitoff);
  if (name === 'wintri') return bySteps(tripel(degrees('lat_1') ?? Math.acos(2 / Math.PI)));
  if (name === 'hammer') return bySteps(hammer);
  if (name === 'vandg') return vanDerGrinten;
  return name === 'wag7' ? bySteps(wagner7) : undefined;
}

/** ESRI's codes that PROJ knows to be interrupted maps, for the continents and for the oceans, which their texts do not tell. */
const INTERRUPTED: ReadonlyMap<number, string> = new Map([
  [54_052, 'igh'],
  [54_053, 'igh_o'],
]);

const WHOLE: readonly Lobe[] = [{ west: -Math.PI, middle: 0, east: Math.PI }];

function ofParallels({ pole, latitude, width, height, lobes }: Pseudocylindrical): WorldProjection {
  const lobesAt = (y: number): readonly Lobe[] => (y < 0 ? lobes?.south : lobes?.north) ?? WHOLE;
  return {
    forward(position) {
      const t = parameterAt(latitude, pole, position.y);
      const { middle } = lobesAt(position.y).find(({ east }) => position.x < east) ?? lobesAt(position.y).at(-1) ?? { middle: 0 };
      position.x = middle + (position.x - middle) * width(t);
      position.y = height(t);
    },
    inverse(position) {
      const t = parameterAt(height, pole, position.y);
      const across = width(t);
      const longitude = longitudeIn(lobesAt(position.y), position.x, across);
      position.x = longitude;
      position.y = Number.isNaN(longitude) ? Number.NaN : (latitude?.(t) ?? t);
    },
  };
}

/** The longitude in the lobe that holds a place; NaN beside all of them. */
function longitudeIn(lobes: readonly Lobe[], x: number, across: number): number {
  for (const { west, middle, east } of lobes) {
    const away = across < SLIVER && Math.abs(x - middle) < SLIVER ? 0 : (x - middle) / across;
    if (away >= west - middle - SLIVER && away <= east - middle + SLIVER) return middle + away;
  }
  return Number.NaN;
}

type Place = readonly [x: number, y: number];
type Forward = (longitude: number, latitude: number) => Place;

function aitoff(longitude: number, latitude: number): Place {
  const angle = Math.acos(Math.cos(latitude) * Math.cos(longitude / 2));
  const stretch = angle < 1e-9 ? 1 : angle / Math.sin(angle);
  return [2 * stretch * Math.cos(latitude) * Math.sin(longitude / 2), stretch * Math.sin(latitude)];
}

/** Winkel's mean of Aitoff's projection and the equirectangular one. */
function tripel(standard: number): Forward {
  return (longitude, latitude) => {
    const [x, y] = aitoff(longitude, latitude);
    return [(x + longitude * Math.cos(standard)) / 2, (y + latitude) / 2];
  };
}

function hammer(longitude: number, latitude: number): Place {
  const d = Math.sqrt(2 / (1 + Math.cos(latitude) * Math.cos(longitude / 2)));
  return [2 * d * Math.cos(latitude) * Math.sin(longitude / 2), d * Math.sin(latitude)];
}

function wagner7(longitude: number, latitude: number): Place {
  const sine = 0.906_307_787_036_65 * Math.sin(latitude);
  const cosine = Math.sqrt(1 - sine * sine);
  const d = Math.sqrt(2 / (1 + cosine * Math.cos(longitude / 3)));
  return [2.667_23 * cosine * d * Math.sin(longitude / 3), 1.241_04 * sine * d];
}

const STEPS = 40;
const CONVERGED = 1e-11;
/** Length of the steps that derivatives are taken by. */
const NUDGE = 1e-6;

/** Projections whose parallels bend: backwards by Newton's steps, which start on the equator or a parallel near the place. */
function bySteps(forward: Forward): WorldProjection {
  const [, top] = forward(0, HALF);
  return {
    forward(position) {
      [position.x, position.y] = forward(position.x, position.y);
    },
    inverse(position) {
      const [longitude, latitude] = solve(forward, top, position);
      const inside = Math.abs(longitude) <= Math.PI + SLIVER && Math.abs(latitude) <= HALF + SLIVER;
      position.x = inside ? longitude : Number.NaN;
      position.y = inside ? latitude : Number.NaN;
    },
  };
}

function solve(forward: Forward, top: number, { x, y }: Position): Place {
  let latitude = clamp((y / top) * HALF, 1.5);
  let longitude = clamp(x / forward(1, latitude)[0], 3);
  for (let step = 0; step < STEPS; step += 1) {
    const [x0, y0] = forward(longitude, latitude);
    const [dx, dy] = [x - x0, y - y0];
    if (Math.abs(dx) < CONVERGED && Math.abs(dy) < CONVERGED) return [longitude, latitude];
    const [xe, ye] = slope(forward, [longitude, latitude], [NUDGE, 0]);
    const [xn, yn] = slope(forward, [longitude, latitude], [0, NUDGE]);
    const determinant = xe * yn - xn * ye;
    const [east, north] = [(dx * yn - dy * xn) / determinant, (dy * xe - dx * ye) / determinant];
    // Steps stay where the functions are smooth, past the outline by enough to tell that the place lies beyond.
    longitude = clamp(longitude + clamp(east, 1), 3.3);
    latitude = clamp(latitude + clamp(north, 0.5), HALF + 0.1);
  }
  return [Number.NaN, Number.NaN];
}

function slope(forward: Forward, [longitude, latitude]: Place, [east, north]: Place): Place {
  const [right, top] = forward(longitude + east, latitude + north);
  const [left, bottom] = forward(longitude - east, latitude - north);
  return [(right - left) / (2 * NUDGE), (top - bottom) / (2 * NUDGE)];
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
