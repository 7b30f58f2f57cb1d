import { readFile } from 'node:fs/promises';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { packageFile } from './demo-packages.ts';

/** A feature of the atlas with its polygons unrolled: longitudes run on past ±180 instead of jumping. */
export interface AtlasFeature {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly geometry: MultiPolygon;
}

/**
 * The features of one object of world-atlas (Natural Earth at 1:10 million).
 * @throws Error when the package holds something else
 */
export async function readAtlas(file: 'countries-10m.json' | 'land-10m.json'): Promise<readonly AtlasFeature[]> {
  const path = packageFile('world-atlas', file);
  const topology: unknown = path === undefined ? undefined : JSON.parse(await readFile(path, 'utf8'));
  if (!isTopology(topology)) throw new Error(`Cannot read ${file} of world-atlas: it is not TopoJSON`);
  const object = topology.objects[file.startsWith('land') ? 'land' : 'countries'];
  if (object?.type !== 'GeometryCollection') throw new Error(`Cannot read ${file} of world-atlas: expected a GeometryCollection`);
  const { features } = feature(topology, object);
  return features.flatMap(({ id, properties, geometry }) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
    return [{ id: id === undefined ? undefined : String(id), name: text(properties?.['name']), geometry: unroll(geometry) }];
  });
}

/**
 * The atlas is stitched: a ring that crosses the antimeridian jumps from 180 to -180, and Antarctica's runs once round
 * the pole. Here every ring runs on without a jump, and a ring round a pole is closed along that pole, so that cutting
 * at ±180 gives valid polygons.
 */
export function unroll(geometry: Polygon | MultiPolygon): MultiPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => {
      const [outer = [], ...holes] = rings.map(unrollRing);
      return [outer, ...holes.map((hole) => moveInto(hole, outer))];
    }),
  };
}

function unrollRing(ring: readonly Position[]): Position[] {
  let shift = 0;
  let previous: number | undefined;
  const out: Position[] = ring.map(([x = 0, y = 0]) => {
    if (previous !== undefined && x - previous > 180) shift -= 360;
    if (previous !== undefined && x - previous < -180) shift += 360;
    previous = x;
    return [x + shift, y];
  });
  const [first, last] = [out[0], out.at(-1)];
  if (first === undefined || last === undefined || shift === 0) return out;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...out, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

/** A hole moved by whole turns to where its outer ring lies. */
function moveInto(hole: Position[], outer: readonly Position[]): Position[] {
  const xs = outer.map(([x = 0]) => x);
  const [low, high] = [xs.reduce((a, b) => Math.min(a, b), Infinity), xs.reduce((a, b) => Math.max(a, b), -Infinity)];
  const at = hole[0]?.[0] ?? 0;
  const turn = [0, 360, -360].find((shift) => at + shift >= low && at + shift <= high) ?? 0;
  return turn === 0 ? hole : hole.map(([x = 0, y = 0]) => [x + turn, y]);
}

function isTopology(value: unknown): value is Topology {
  return (
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Topology' && 'objects' in value && 'arcs' in value
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
