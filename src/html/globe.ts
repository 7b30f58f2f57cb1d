import { element as h, type Element } from '../markup/element.ts';
import { LAND_PATH } from './land.ts';

const RADIUS = 200;
const [CENTER_LON, CENTER_LAT] = [12, 22];

/** A line drawing of the globe: coasts and graticule in orthographic projection, the far side left out. Drawn once. */
export function globe(): Element {
  return drawing;
}

type Position = readonly [lon: number, lat: number];

const drawing = h(
  'svg',
  {
    class: 'globe',
    viewBox: `-${RADIUS + 2} -${RADIUS + 2} ${2 * RADIUS + 4} ${2 * RADIUS + 4}`,
    'aria-hidden': 'true',
    focusable: 'false',
  },
  h('circle', { class: 'sea', r: RADIUS }),
  h('path', { class: 'graticule', d: graticule().map(visiblePath).join('') }),
  h('path', { class: 'coast', d: rings().map(visiblePath).join('') }),
);

/** The coordinates of `LAND_PATH`, back in degrees and closed. */
function rings(): readonly (readonly Position[])[] {
  return LAND_PATH.split('z')
    .filter((part) => part !== '')
    .map((part) => {
      const numbers = (part.match(/-?\d+/g) ?? []).map(Number);
      const ring: Position[] = [];
      let [x, y] = [0, 0];
      for (let i = 0; i + 1 < numbers.length; i += 2) {
        x += numbers[i] ?? 0;
        y += numbers[i + 1] ?? 0;
        ring.push([x / 2, -y / 2]);
      }
      return [...ring, ...ring.slice(0, 1)];
    });
}

function graticule(): readonly (readonly Position[])[] {
  const meridians = steps(-180, 165, 15).map((lon) => steps(-90, 90, 5).map((lat): Position => [lon, lat]));
  const parallels = steps(-75, 75, 15).map((lat) => steps(-180, 180, 5).map((lon): Position => [lon, lat]));
  return [...meridians, ...parallels];
}

function steps(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

function visiblePath(line: readonly Position[]): string {
  let path = '';
  let pen: 'up' | 'down' = 'up';
  for (const position of line) {
    const point = project(position);
    if (point === undefined) pen = 'up';
    else {
      path += `${pen === 'up' ? 'M' : 'L'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
      pen = 'down';
    }
  }
  return path;
}

/** Orthographic projection; `undefined` on the far side. */
function project([lon, lat]: Position): readonly [number, number] | undefined {
  const rad = Math.PI / 180;
  const [l, p, p0] = [(lon - CENTER_LON) * rad, lat * rad, CENTER_LAT * rad];
  if (Math.sin(p0) * Math.sin(p) + Math.cos(p0) * Math.cos(p) * Math.cos(l) < 0) return undefined;
  const x = Math.cos(p) * Math.sin(l);
  const y = Math.cos(p0) * Math.sin(p) - Math.sin(p0) * Math.cos(p) * Math.cos(l);
  return [x * RADIUS, -y * RADIUS];
}
