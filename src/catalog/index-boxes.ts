import type { Bbox } from '../base/bbox.ts';
import { splitAntimeridian } from '../base/bbox.ts';
import type { Principal } from '../base/principal.ts';
import { sql } from '../base/sql.ts';
import { createTransform } from '../crs/create-transform.ts';
import { isGeographic, WEB_MERCATOR, WGS84 } from '../crs/crs-definition.ts';
import type { CrsDefinition } from '../crs/crs-definition.ts';
import { roundTripChecked } from '../crs/round-trip.ts';
import { transformBbox } from '../crs/transform-bbox.ts';
import type { Transform } from '../crs/transform.ts';
import type { Database } from '../db/database.ts';
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
  find(request: BoxRequest, context: { readonly signal: AbortSignal; readonly principal: Principal }): Promise<readonly Bbox[] | undefined>;
  /** The part of a box in the CRS `from` that `to` has positions for, as one box; undefined: there is none, or it cannot be told. */
  mappable(
    request: { readonly bbox: Bbox; readonly from: number; readonly to: number },
    context: { readonly signal: AbortSignal; readonly principal: Principal },
  ): Promise<Bbox | undefined>;
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
/** What a datum that is not known here may be off: 2 km, in metres or feet, or in degrees. */
const DATUM_SLACK = { projected: 7_000, geographic: 0.02 } as const;

const POLE = 89.9999;

/** Index boxes with the definitions of a database's spatial_ref_sys, each read once. */
export function createIndexBoxes({ database }: { readonly database: Database }): IndexBoxes {
  const definitions = new Map<number, CrsDefinition>([WGS84, WEB_MERCATOR].map((known) => [known.srid, known]));
  const mappings = new Map<string, Mapping | undefined>();
  const between = async (from: number, to: number, context: Context): Promise<Mapping | undefined> => {
    const key = `${from} ${to}`;
    if (!mappings.has(key)) {
      await learn(database, definitions, [from, to], context);
      mappings.set(key, createMapping(definitions.get(from), definitions.get(to)));
    }
    return mappings.get(key);
  };
  return {
    async find({ bbox, from, to, margin }, context) {
      if (from === to) return [grow(bbox, margin, 0)];
      const mapping = await between(from, to, context);
      if (mapping === undefined) return undefined;
      const mapped = transformBbox(bbox, mapping.transform, { ...mapping, segments: SEGMENTS });
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

type Context = Parameters<IndexBoxes['find']>[1];

async function learn(
  database: Database,
  definitions: Map<number, CrsDefinition>,
  srids: readonly number[],
  { signal, principal }: Context,
): Promise<void> {
  const missing = srids.filter((srid) => !definitions.has(srid));
  if (missing.length === 0) return;
  const statement = sql`select srid, proj4text from spatial_ref_sys where srid = any(${`{${missing.join(',')}}`}::int[])`;
  for (const { srid, proj4text } of await database.records(statement, { name: 'references', signal, principal })) {
    if (proj4text != null && proj4text.trim() !== '') definitions.set(Number(srid), { srid: Number(srid), proj4text });
  }
}

function createMapping(from: CrsDefinition | undefined, to: CrsDefinition | undefined): Mapping | undefined {
  if (from === undefined || to === undefined) return undefined;
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
