import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { createQueue } from '../../catalog/queue.ts';
import type { Database, RunContext } from '../../db/database.ts';
import type { CollectionService } from '../collections/collection-service.ts';
import { remember } from '../rasters/remember.ts';
import type { Drawable, DrawableList } from './drawable.ts';
import { readTimeAxis, type TimeAxis } from './time-axis.ts';

/** What can be drawn: raster collections. Vector collections join once there are styles to draw them by. */
export interface DrawableService {
  /** All of it, in the order of the catalogue. */
  list(context: RunContext): Promise<DrawableList>;
  /** One by the id of its collection. @throws AppError NOT_FOUND */
  get(id: string, context: RunContext): Promise<Drawable>;
  /** The id under which a collection is listed, by any of its spellings; undefined where there is none. */
  idOf(name: string): string | undefined;
}

/** What the service works with. */
export interface DrawableParts {
  readonly database: Database;
  readonly collections: CollectionService;
  now(): number;
}

/** Times of rows are read again after this long: new scenes are no change of the catalogue. */
const TIMES_MS = 30_000;
/** A table in which this is too short to find all times gets an axis without instants. */
const PATIENCE_MS = 3000;
const AT_ONCE = 2;

/** The service over the catalogue in use. */
export function createDrawableService({ database, collections, now }: DrawableParts): DrawableService {
  const axes = remember<TimeAxis | undefined>();
  const queue = createQueue(AT_ONCE);
  const describe = async (collection: RasterCollection, context: RunContext): Promise<Drawable> => {
    const { extent } = await collections.describe(collection, context.signal);
    if (collection.temporal === undefined) return { collection, extent, times: undefined };
    const key = `${collection.id} ${collection.version} ${Math.floor(now() / TIMES_MS)}`;
    const times = await axes(key, context.signal, (signal) =>
      queue(() => axisOf(database, { collection, extent }, { ...context, signal })),
    );
    return { collection, extent, times };
  };
  const idOf = (name: string): string | undefined => {
    try {
      return collections.get(name).id;
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  };
  let last: DrawableList = { sequence: now(), drawables: [] };
  return {
    idOf,
    async list(context) {
      const rasters = collections.all().filter((collection) => collection.kind === 'raster');
      const drawables = await Promise.all(rasters.map((collection) => describe(collection, context)));
      if (!isSame(drawables, last.drawables)) last = { sequence: Math.max(last.sequence + 1, now()), drawables };
      return last;
    },
    async get(id, context) {
      const collection = collections.get(id);
      if (collection.kind === 'raster') return describe(collection, context);
      throw new AppError('NOT_FOUND', { detail: `Collection "${collection.id}" holds features: there are no pictures of it yet` });
    },
  };
}

/** The times of the rows; the ends of the extent where they cannot be read in time: one large table must not hold up the rest. */
async function axisOf(
  database: Database,
  { collection, extent }: Omit<Drawable, 'times'>,
  context: RunContext,
): Promise<TimeAxis | undefined> {
  try {
    return await readTimeAxis(database, collection, { ...context, timeoutMs: PATIENCE_MS });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TIMEOUT' || context.signal.aborted) throw error;
    const [first, last] = extent.interval ?? [null, null];
    return first === null || last === null ? undefined : { first, last, instants: undefined, unit: 'second' };
  }
}

function isSame(a: readonly Drawable[], b: readonly Drawable[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ collection, extent, times }, i) => collection === b[i]?.collection && extent === b[i].extent && isSameAxis(times, b[i].times),
    )
  );
}

function isSameAxis(a: TimeAxis | undefined, b: TimeAxis | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}
