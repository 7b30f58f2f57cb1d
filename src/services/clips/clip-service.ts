import { AppError } from '../../base/error.ts';
import { ident, sql } from '../../base/sql.ts';
import type { Sql } from '../../base/sql.ts';
import type { GeometryColumn, VectorCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { idCondition } from '../features/feature-id.ts';

/** A feature to clip by, and how far around it the cut lies. */
export interface ClipWish {
  readonly clip?: { readonly collectionId: string; readonly featureId: string } | undefined;
  /** Metres. */
  readonly clipBuffer?: number | undefined;
}

/** Areas to cut rasters by. */
export interface ClipService {
  /**
   * The rings (x, y, x, y …) of a feature's area in a CRS, for the even-odd rule; undefined when nothing is to be cut.
   * @throws AppError INVALID_PARAMETER for features that are not there or have no area
   */
  rings(wish: ClipWish, srid: number, context: RunContext): Promise<readonly Float64Array[] | undefined>;
}

/** Positions of the outline of a feature to clip by: more would hold the server up. */
export const MOST_POSITIONS = 50_000;

/** Areas that are kept: tiles of one picture ask for the same one again and again. */
const MOST_KEPT = 16;

/** An area, and the mark of the geometry that it was made of. */
interface KeptArea {
  readonly mark: string;
  readonly rings: readonly Float64Array[];
}

/** The service over the vector collections. It looks at the feature each time, but makes its area anew only when that has changed. */
export function createClipService(parts: { readonly database: Database; readonly collections: CollectionService }): ClipService {
  const kept = new Map<string, KeptArea>();
  return {
    async rings({ clip, clipBuffer = 0 }, srid, context) {
      if (clip === undefined) {
        if (clipBuffer === 0) return undefined;
        throw new AppError('INVALID_PARAMETER', { detail: 'Cannot use clip-buffer: no clip is given' });
      }
      const { collectionId, featureId } = clip;
      const collection = parts.collections.all().find(({ id }) => id === collectionId);
      const { geometry } = collection?.kind === 'vector' ? collection : { geometry: undefined };
      if (collection?.kind !== 'vector' || geometry === undefined) {
        throw new AppError('INVALID_PARAMETER', {
          detail: `Cannot clip by "${collectionId.slice(0, 60)}": there is no such collection of features`,
        });
      }
      const condition = collection.key.length === 0 ? undefined : idCondition(collection.key, featureId);
      if (condition === undefined) throw noFeature(collection, featureId);
      const key = JSON.stringify([collectionId, collection.version, featureId, clipBuffer, srid]);
      const before = kept.get(key);
      const statement = areaStatement(collection, geometry, { condition, clipBuffer, srid, known: before?.mark });
      const [row] = await parts.database.rows(statement, { ...context, name: 'clip.area' });
      const [mark, json, positions] = row ?? [];
      if (typeof mark !== 'string') throw noFeature(collection, featureId);
      if (before?.mark === mark) return before.rings;
      if (Number(positions) > MOST_POSITIONS) {
        throw new AppError('CONTENT_TOO_LARGE', {
          detail: `Cannot clip by feature "${featureId.slice(0, 60)}": its outline has ${String(positions)} positions, at most ${MOST_POSITIONS} are cut along`,
        });
      }
      if (typeof json !== 'string') throw noFeature(collection, featureId);
      const rings = ringsOf(JSON.parse(json));
      if (rings.length > 0) {
        for (const oldest of kept.size >= MOST_KEPT ? [...kept.keys()].slice(0, 1) : []) kept.delete(oldest);
        kept.set(key, { mark, rings });
        return rings;
      }
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot clip by feature "${featureId.slice(0, 60)}": it has no area; give a clip-buffer`,
      });
    },
  };
}

function noFeature({ id }: VectorCollection, featureId: string): AppError {
  return new AppError('INVALID_PARAMETER', { detail: `Cannot clip: there is no feature "${featureId.slice(0, 60)}" in "${id}"` });
}

/** What a buffer may lack of its width: a coast of thousands of vertices takes seconds to buffer, a hundredth coarser a tenth of that. */
const BUFFER_TOLERANCE = 0.01;
const METRES_PER_DEGREE = 111_320;

/**
 * A mark of the feature's geometry, its area in a CRS and how many positions that has, both null where the mark is known;
 * long edges are cut so that they bend with the CRS. Buffers are metres on the ground: geographies.
 * Materialized, else PostgreSQL computes the buffer again for every mention of `g`.
 */
function areaStatement(
  { relation, predicate }: VectorCollection,
  { name }: GeometryColumn,
  { condition, clipBuffer, srid, known }: AreaQuestion,
): Sql {
  const where = predicate === undefined ? condition : sql`(${predicate}) and ${condition}`;
  const coarse = sql`st_simplifypreservetopology(st_transform(g, 4326), ${(clipBuffer * BUFFER_TOLERANCE) / METRES_PER_DEGREE}::float8)`;
  const buffer = sql`st_transform(st_buffer(${coarse}::geography, ${clipBuffer}::float8)::geometry, st_srid(g))`;
  // Outlines of more positions are refused as they are: GEOS works on those of an ocean for minutes and cannot be cancelled.
  const buffered = clipBuffer === 0 ? sql`g` : sql`case when st_npoints(g) <= ${MOST_POSITIONS}::int then ${buffer} else g end`;
  return sql`with feature as (select ${ident(name)}::geometry as g from ${ident([relation.schema, relation.name])} where ${where} limit 1),
    shape as materialized (select g, md5(st_asewkb(g)) as mark from feature),
    area as materialized (select ${buffered} as g from shape where mark <> ${known ?? ''}::text),
    cut as materialized (select st_segmentize(g, greatest((st_xmax(g) - st_xmin(g)) / 64, (st_ymax(g) - st_ymin(g)) / 64, 1e-9)) as g from area)
    select shape.mark, case when st_npoints(cut.g) <= ${MOST_POSITIONS}::int then st_asgeojson(st_transform(cut.g, ${srid}::int), 15) end, st_npoints(cut.g)
    from shape left join cut on true`;
}

interface AreaQuestion {
  readonly condition: Sql;
  readonly clipBuffer: number;
  readonly srid: number;
  /** The mark of a geometry whose area is known already. */
  readonly known: string | undefined;
}

/** The rings of the polygons of a GeoJSON geometry, also within collections. */
function ringsOf(geometry: unknown): readonly Float64Array[] {
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry)) return [];
  if ('geometries' in geometry && Array.isArray(geometry.geometries)) return geometry.geometries.flatMap(ringsOf);
  if (!('coordinates' in geometry) || !Array.isArray(geometry.coordinates)) return [];
  if (geometry.type === 'Polygon') return geometry.coordinates.map(flatten);
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat().map(flatten) : [];
}

function flatten(ring: unknown): Float64Array {
  const positions: readonly unknown[] = Array.isArray(ring) ? ring : [];
  return Float64Array.from(positions.flatMap((position) => (Array.isArray(position) ? [Number(position[0]), Number(position[1])] : [])));
}
