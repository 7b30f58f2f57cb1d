import assert from 'node:assert/strict';
import { skip } from '../case.ts';
import { isObject, type JsonObject, listOf, numberOf } from '../json.ts';
import type { Session } from '../session.ts';
import type { Check } from './checks.ts';
import { type Box, intersects } from './geometry.ts';
import { featuresOf, idOf, type ItemsRequest, itemsDocument } from './responses.ts';

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Boxes that the suite adds to a collection's own extent: zero meridian, equator, antimeridian, both poles. */
const BOXES: readonly Bounds[] = [
  [-1.5, 50, 1.5, 53],
  [-80, -5, -70, 5],
  [177, 65, -177, 70],
  [-180, 85, 180, 90],
  [-180, -90, 180, -85],
];

/** The requests of the group: each collection that publishes a spatial extent, by that extent and by the fixed boxes. */
export async function bboxRequests(session: Session): Promise<readonly ItemsRequest[]> {
  return (await session.featureCollections()).flatMap((collection) => {
    const extent = extentOf(collection);
    if (extent === undefined) return [];
    return [extent, ...BOXES].map((bounds) => {
      const bbox = bounds.map(javaDecimal).join(',');
      return { collection, name: `${idOf(collection)}, bbox ${bbox}`, query: { bbox } };
    });
  });
}

/** Every feature with a geometry has a point in common with the box; one with west > east is the two halves that it means. */
export const checkBbox: Check = async (request, session) => {
  const features = featuresOf(await itemsDocument(request, session));
  if (features.length === 0) return skip('no feature in the box');
  const boxes = halves(boundsOf(request));
  for (const { id, geometry } of features) {
    if (geometry === null) continue;
    assert.ok(
      boxes.some((box) => intersects(geometry, box)),
      `feature ${String(id)} lies outside the box`,
    );
  }
  return undefined;
};

function extentOf(collection: JsonObject): Bounds | undefined {
  const extent = collection['extent'];
  const spatial = isObject(extent) ? extent['spatial'] : undefined;
  if (!isObject(spatial)) return undefined;
  const numbers = listOf(listOf(spatial['bbox'], 'extent.spatial.bbox')[0], 'the first bbox').map((n) => numberOf(n, 'a bound'));
  const [west, south, east, north] = numbers;
  assert.equal(numbers.length, 4, `bbox of ${idOf(collection)} must have 4 numbers`);
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}

/** How the suite writes numbers: seven decimals, and no digit before the point when it would be zero. */
function javaDecimal(value: number): string {
  return value.toFixed(7).replace(/^(-?)0\./, '$1.');
}

function boundsOf(request: ItemsRequest): Bounds {
  const [west = 0, south = 0, east = 0, north = 0] = String(request.query['bbox']).split(',').map(Number);
  return [west, south, east, north];
}

function halves([west, south, east, north]: Bounds): readonly Box[] {
  if (west <= east) return [{ min: [west, south], max: [east, north] }];
  return [
    { min: [west, south], max: [180, north] },
    { min: [-180, south], max: [east, north] },
  ];
}
