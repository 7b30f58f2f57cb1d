import { splitAntimeridian } from '../../base/bbox.ts';
import type { Bbox } from '../../base/bbox.ts';
import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import type { Database, Row, RunContext } from '../../db/database.ts';
import type { CoverageReading } from '../coverages/read-coverage.ts';
import type { CrsService } from '../crs/crs-service.ts';
import type { FeaturePage, FeatureQuery } from '../features/feature-query.ts';
import { textAt } from '../features/page-tally.ts';
import type { Target } from '../rasters/placement.ts';
import { boundsOf, gridTarget } from '../rasters/targets.ts';
import { rowCountStatement, rowGridStatement, rowsStatement, rowStatement, type RowsPlan } from './row-statement.ts';

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
export function createRasterRowService(parts: { readonly database: Database; readonly crs: CrsService }): RasterRowService {
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
      const statement = rowGridStatement(collection, id);
      const [row] = statement === undefined ? [] : await database.rows(statement, { name: 'row.grid', ...context });
      if (row === undefined) {
        throw new AppError('NOT_FOUND', { detail: `Collection "${collection.id}" has no row "${id.slice(0, 100)}" with cells` });
      }
      const target = targetOfRow(row);
      const bbox = boundsOf(target);
      const plan = {
        crs: await parts.crs.stored(target.srid, context),
        target,
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

/** The cells of a row as they are stored, whatever grid the others have; upright ones from the north-west. */
function targetOfRow(row: Row): Target {
  const [srid = 0, originX = 0, originY = 0, scaleX = 0, scaleY = 0, skewX = 0, skewY = 0, width = 0, height = 0] = row.map(Number);
  const grid = { originX, originY, scaleX, scaleY, skewX, skewY };
  if (skewX !== 0 || skewY !== 0) return gridTarget({ srid, grid, width, height });
  const upright = {
    ...grid,
    originX: scaleX < 0 ? originX + width * scaleX : originX,
    originY: scaleY > 0 ? originY + height * scaleY : originY,
    scaleX: Math.abs(scaleX),
    scaleY: -Math.abs(scaleY),
  };
  return gridTarget({ srid, grid: upright, width, height });
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
