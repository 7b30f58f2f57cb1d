import type { Bbox } from '../base/bbox.ts';
import { splitAntimeridian } from '../base/bbox.ts';
import { createTransform } from '../crs/create-transform.ts';
import { isGeographic, WEB_MERCATOR, WGS84 } from '../crs/crs-definition.ts';
import type { CrsDefinition } from '../crs/crs-definition.ts';
import { roundTripChecked } from '../crs/round-trip.ts';
import { transformBbox } from '../crs/transform-bbox.ts';
import type { Transform } from '../crs/transform.ts';
import type { Database, RunContext } from '../db/database.ts';
import { createCrsDefinitions } from './crs-definitions.ts';
import { mappableBox } from './mappable-box.ts';

/** A box in one CRS that is looked for in another. */
export interface BoxRequest {
  readonly bbox: Bbox;
  /** SRIDs of the box and of the column. */
  readonly from: number;
  readonly to: number;
  /** How much larger than the box, as a share of its size on each side. */
  readonly margin: number;
}

/** Turns boxes of requests into boxes of a column's CRS, constants that its index can answer. */
export interface IndexBoxes {
  /**
   * Boxes that hold whatever of the request's box can be mapped: one, two where the antimeridian cuts it, none when the
   * box lies outside the area of the column's CRS. Undefined: no box can be told, every row must be looked at.
   */
  find(request: BoxRequest, context: RunContext): Promise<readonly Bbox[] | undefined>;
  /** The part of a box in the CRS `from` that `to` has positions for, as one box; undefined: there is none, or it cannot be told. */
  mappable(request: { readonly bbox: Bbox; readonly from: number; readonly to: number }, context: RunContext): Promise<Bbox | undefined>;
}

interface Mapping {
  readonly transform: Transform;
  readonly fromGeographic: boolean;
  readonly toGeographic: boolean;
  /** Added on each side in units of the column's CRS. */
  readonly slack: number;
}

/** Enough for the outline's parabolas; 81 positions there and back cost about 0.2 ms. */
const SEGMENTS = 8;
/** Web Mercator's sides stay straight: corners will do for a box of less than this many metres, which no turn is lost in. */
const QUARTER_TURN = 10_000_000;
/** What a datum that is not known here may be off: 2 km, in metres or feet, or in degrees. */
const DATUM_SLACK = { projected: 7_000, geographic: 0.02 } as const;

const POLE = 89.9999;

/** Index boxes with the definitions of a database's spatial_ref_sys, each read once. */
export function createIndexBoxes({ database }: { readonly database: Database }): IndexBoxes {
  const definitions = createCrsDefinitions(database);
  const mappings = new Map<string, Mapping | undefined>();
  const between = async (from: number, to: number, context: RunContext): Promise<Mapping | undefined> => {
    const key = `${from} ${to}`;
    if (mappings.has(key)) return mappings.get(key);
    const [source, target] = [await definitions(from, context), await definitions(to, context)];
    if (source === undefined || target === undefined) return undefined;
    const mapping = createMapping(source, target);
    mappings.set(key, mapping);
    return mapping;
  };
  return {
    async find({ bbox, from, to, margin }, context) {
      if (from === to) return [grow(bbox, margin, 0)];
      const mapping = await between(from, to, context);
      if (mapping === undefined) return undefined;
      const isStraight = from === WEB_MERCATOR.srid && to === WGS84.srid && bbox[2] - bbox[0] < QUARTER_TURN;
      const straight = isStraight ? straightBox(bbox, mapping.transform) : undefined;
      if (straight !== undefined) return [grow(straight, margin, mapping.slack)];
      const mapped = transformBbox(bbox, mapping.transform, { ...mapping, segments: isStraight ? 1 : SEGMENTS });
      if (mapped === undefined) return [];
      const boxes = mapping.toGeographic ? splitAntimeridian(mapped) : [mapped];
      return boxes.map((box) => grow(box, margin, mapping.slack));
    },
    async mappable({ bbox, from, to }, context) {
      if (from === to) return bbox;
      const mapping = await between(from, to, context);
      return mapping === undefined
        ? undefined
        : mappableBox(mapping.fromGeographic ? withoutPoles(bbox, mapping.transform) : bbox, mapping.transform);
    },
  };
}

/** What most tiles ask, at a third of the time: two corners, where nothing is cut and no side bends. Undefined where a corner has no place in degrees. */
function straightBox([west, south, east, north]: Bbox, transform: Transform): Bbox | undefined {
  const corners = Float64Array.of(west, south, east, north);
  transform(corners);
  const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = corners;
  return left >= -180 && left < right && right <= 180 && bottom < top ? [left, bottom, right, top] : undefined;
}

function createMapping(from: CrsDefinition, to: CrsDefinition): Mapping | undefined {
  const [exact, back] = [createTransform(from, to), createTransform(to, from)];
  const certain = exact !== undefined && back !== undefined;
  // Without the datum shift a projection is still good for a box that is made larger by what a shift can be.
  const [forward, inverse] = certain
    ? [exact, back]
    : [createTransform(unshifted(from), unshifted(to)), createTransform(unshifted(to), unshifted(from))];
  if (forward === undefined || inverse === undefined) return undefined;
  const [fromGeographic, toGeographic] = [isGeographic(from), isGeographic(to)];
  const slack = certain ? 0 : DATUM_SLACK[toGeographic ? 'geographic' : 'projected'];
  const transform = roundTripChecked(forward, inverse, { tolerance: fromGeographic ? 1e-4 : 10, fromGeographic });
  return { transform, fromGeographic, toGeographic, slack };
}

/** The same projection on its ellipsoid alone, under a number that is no EPSG code: nothing is known against it. */
function unshifted({ srid, proj4text }: CrsDefinition): CrsDefinition {
  return { srid: 1_000_000 + srid, proj4text: proj4text.replace(/\+(towgs84|nadgrids)=\S+/g, '').replace(/\+datum=\S+/, '+ellps=GRS80') };
}

/** Many projections have no place for a pole: up to a dozen metres from it is as good. */
function withoutPoles([west, south, east, north]: Bbox, transform: Transform): Bbox {
  const xy = Float64Array.of((west + east) / 2, -90, (west + east) / 2, 90);
  transform(xy);
  return [west, Math.max(south, Number.isFinite(xy[0]) ? -90 : -POLE), east, Math.min(north, Number.isFinite(xy[2]) ? 90 : POLE)];
}

function grow([west, south, east, north]: Bbox, margin: number, slack: number): Bbox {
  const [x, y] = [(east - west) * margin + slack, (north - south) * margin + slack];
  return [west - x, south - y, east + x, north + y];
}
