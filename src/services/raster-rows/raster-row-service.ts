import { splitAntimeridian } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import type { CoverageReading } from '../coverages/read-coverage.ts';
import type { CrsService } from '../crs/crs-service.ts';
import type { FeaturePage, FeatureQuery } from '../features/feature-query.ts';
import { textAt } from '../features/page-tally.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import { rowBoxStatement, rowCountStatement, rowsStatement, rowStatement, type RowsPlan } from './row-statement.ts';

/** The rows of raster tables: their outlines as features, and each as a coverage of its own. */
export interface RasterRowService {
  page(collection: RasterCollection, query: FeatureQuery, context: RunContext): Promise<FeaturePage>;
  /** The text of a Feature, ending in `}`; undefined when there is none of this id. */
  feature(collection: RasterCollection, id: string, context: RunContext): Promise<string | undefined>;
  /** The cells of one row. @throws AppError NOT_FOUND */
  reading(collection: RasterCollection, id: string, context: RunContext): Promise<CoverageReading>;
}

const COUNT_LIMIT = 10_000;

/** The service on a database. */
export function createRasterRowService(parts: {
  readonly database: Database;
  readonly crs: CrsService;
  readonly rasters: RasterService;
}): RasterRowService {
  const { database } = parts;
  return {
    async page(collection, query, { signal, principal }) {
      const context = { signal, principal };
      const plan: RowsPlan = { ...query, boxes: await boxesOf(parts.crs, collection, query.bbox, context) };
      const rows = await database.rows(rowsStatement(collection, plan), { name: 'rows', ...context });
      const features = rows.slice(0, query.limit).map((row) => textAt(row, 0));
      const hasMore = rows.length > query.limit;
      const before = query.offset + features.length;
      const isLast = !hasMore && (features.length > 0 || query.offset === 0);
      const numberMatched = isLast ? before : await count(database, collection, plan, context);
      return { kind: 'whole', features, totals: { numberReturned: features.length, numberMatched, hasMore } };
    },
    async feature(collection, id, { signal, principal }) {
      const statement = rowStatement(collection, id);
      if (statement === undefined) return undefined;
      const [row] = await database.rows(statement, { name: 'row', signal, principal });
      return row === undefined ? undefined : textAt(row, 0);
    },
    async reading(collection, id, { signal, principal }) {
      const context = { signal, principal };
      const statement = rowBoxStatement(collection, id);
      const [row] = statement === undefined ? [] : await database.rows(statement, { name: 'row.box', ...context });
      const numbers = (row ?? []).map((value) => (value === null ? Number.NaN : Number(value)));
      const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers;
      if (!(west < east && south < north)) {
        throw new AppError('NOT_FOUND', { detail: `Collection "${collection.id}" has no row "${id.slice(0, 100)}" with cells` });
      }
      const bbox: Bbox = [west, south, east, north];
      const plan = {
        crs: await parts.crs.stored(collection.srid, context),
        target: parts.rasters.nativeTarget(collection, { bounds: bbox }),
        bbox,
        ground: bbox,
        bands: collection.bands.map((_, i) => i),
        rows: { rows: [id] },
        axes: [],
        isNative: true,
        position: undefined,
      };
      return { collection, plan };
    },
  };
}

async function count(database: Database, collection: RasterCollection, plan: RowsPlan, context: RunContext): Promise<number | undefined> {
  const [row] = await database.rows(rowCountStatement(collection, plan, COUNT_LIMIT), { name: 'rows.count', ...context });
  const counted = row === undefined ? 0 : Number(textAt(row, 0));
  return counted > COUNT_LIMIT ? undefined : counted;
}

async function boxesOf(
  crs: CrsService,
  { srid }: RasterCollection,
  bbox: Bbox | undefined,
  context: RunContext,
): Promise<readonly Bbox[] | undefined> {
  if (bbox === undefined || srid === 0) return undefined;
  const [from, to] = [await crs.crs84(context), await crs.stored(srid, context)];
  const boxes = await Promise.all(splitAntimeridian(bbox).map((box) => crs.box(box, from, to, context)));
  return boxes.flatMap((box) => (box === undefined ? [] : [box]));
}
