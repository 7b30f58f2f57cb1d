import type { Observe } from '../../base/event.ts';
import { createTurns } from '../../base/turns.ts';
import type { Property, RasterCollection } from '../../catalog/collection.ts';
import type { Database, RunContext } from '../../db/database.ts';
import { blankPicture, type EncodedPicture } from '../../image/encode.ts';
import type { Picture, PictureFormat } from '../../image/picture.ts';
import type { PictureFile } from '../../image/picture-file.ts';
import type { Overlay } from '../../image/compose.ts';
import type { PixelWindow } from '../../raster/grid.ts';
import type { Composition } from '../../render/composition.ts';
import type { Tally } from '../../raster/statistics/tally.ts';
import { createRenderer, type Renderer } from '../../render/create-renderer.ts';
import type { TileMatrix, TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import type { Appearance } from './appearance.ts';
import { bandsToSample, describeAppearance } from './appearance.ts';
import { createPictures, type Pictures } from './draw-pictures.ts';
import type { PictureColoring } from './picture-coloring.ts';
import { checkSize, USUAL_LIMITS, type RasterLimits } from './limits.ts';
import type { Target } from './placement.ts';
import { checkPicture } from './plan-job.ts';
import type {
  BoxTarget,
  ColoringRequest,
  Computed,
  NativeOptions,
  PictureRequest,
  PointsRequest,
  PointValues,
  Values,
  ValuesRequest,
  WindowsRequest,
  WindowValues,
} from './raster-request.ts';
import { createBlockReader } from './read-blocks.ts';
import { readPoints } from './read-points.ts';
import { readPositions, readState, type Position, type RowsRequest } from './read-rows.ts';
import { readSample } from './read-sample.ts';
import { readTallies, type TalliesRequest } from './read-tallies.ts';
import { createSourceReaders } from './read-sources.ts';
import { readPlanes, valuesOf } from './read-values.ts';
import { readWindows } from './read-windows.ts';
import { createReferences, type References } from './references.ts';
import { remember } from './remember.ts';
import { createSourcePlaces } from './source-places.ts';
import { boxTarget, growTarget, nativeTarget, targetOfTile } from './targets.ts';

/** One map tile of a raster collection. */
export interface RasterTileRequest {
  readonly collection: RasterCollection;
  readonly tms: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly row: number;
  readonly col: number;
  readonly format: PictureFormat;
}

/** A map tile; blank when no row of the collection lies under it. */
export interface RasterTile extends EncodedPicture {
  readonly isBlank: boolean;
}

/**
 * Numbers and pictures of raster collections. All of it fails with what the database throws, with INVALID_PARAMETER
 * for bands, columns and names that are not there, and with CONTENT_TOO_LARGE beyond the published limits.
 */
export interface RasterService {
  readonly limits: RasterLimits;
  /**
   * A tile as a picture; what has no data is transparent (JPEG: white).
   * @throws AppError OUT_OF_RANGE outside the matrix
   */
  tile(request: RasterTileRequest, context: RunContext): Promise<RasterTile>;
  /** How the collection looks by default: its bands, stretch or classes. Sampled once per version of the collection. */
  appearance(collection: RasterCollection, context: RunContext): Promise<Appearance>;
  /** Numbers on the target's grid; undefined where no row lies. */
  values(request: ValuesRequest, context: RunContext): Promise<Values | undefined>;
  /** Numbers after a look's bands, expressions and algorithm, before its colours; undefined where no row lies. */
  computed(request: PictureRequest, context: RunContext): Promise<Computed | undefined>;
  /** A picture; undefined when nothing of it is to be seen. */
  picture(request: PictureRequest, context: RunContext): Promise<Picture | undefined>;
  /** The same without what is transparent around it, and where it lies on the target. */
  patch(request: PictureRequest, context: RunContext): Promise<Overlay | undefined>;
  /** Windows of a target beyond which its sources have no data; none: they lie elsewhere. Reads no rows. */
  reach(request: Pick<PictureRequest, 'sources' | 'target'>, context: RunContext): Promise<readonly PixelWindow[]>;
  /** Finds faults of a request that can be told before anything is read. @throws AppError INVALID_PARAMETER */
  check(request: PictureRequest): void;
  /** How the values of a picture become colours, wherever it is drawn: for legends. */
  coloring(request: ColoringRequest, context: RunContext): Promise<PictureColoring>;
  /** The same, encoded: one step for both, which may be done in another thread. */
  encoded(request: PictureRequest, file: PictureFile, context: RunContext): Promise<EncodedPicture | undefined>;
  /** Pictures over one another, which are used up by it; not checked against the limits. */
  composed(composition: Composition, context: RunContext): Promise<Picture>;
  /** The same, encoded. */
  composedFile(composition: Composition, file: PictureFile, context: RunContext): Promise<EncodedPicture>;
  /** A collection's own grid, cut to a box, at most the finest level's resolution. */
  nativeTarget(collection: RasterCollection, options?: NativeOptions): Target;
  /** A grid of square or other pixels over a box in any CRS. */
  target(box: BoxTarget): Target;
  /** Native cells in rows of windows from the top, for exact statistics and streamed files: bounded memory. */
  windows(request: WindowsRequest, context: RunContext): AsyncIterable<WindowValues>;
  /** How often which values occur, window by window, one tally an output: counted in threads, in bounded memory. */
  tallies(request: TalliesRequest, context: RunContext): AsyncIterable<readonly Tally[]>;
  /** The statistics of what was collected of some bands, which is used up by it. */
  readonly summary: Renderer['summary'];
  /** Numbers as a file; their planes are used up by it. */
  readonly file: Renderer['file'];
  /** A JSON text from its parts; their planes are used up by it. */
  readonly json: Renderer['json'];
  /** A piece of a file that goes out in pieces. */
  readonly piece: Renderer['piece'];
  /** Numbers under points; one entry per time, newest first, where the collection's rows have times. */
  points(request: PointsRequest, context: RunContext): Promise<readonly PointValues[]>;
  /** Where rows under a box lie along time or a further column, ascending, each once; one more than `limit` where there are more. */
  positions(request: RowsRequest & { readonly axis: Property | 'time' }, limit: number, context: RunContext): Promise<readonly Position[]>;
  /** What tells one state of the rows under a box from every other; undefined where that cannot be told without their pixels. */
  state(request: RowsRequest, context: RunContext): Promise<string | undefined>;
}

/** What the service works with. */
export interface RasterServiceOptions {
  readonly database: Database;
  readonly observe?: Observe;
  readonly limits?: RasterLimits;
  readonly renderer?: Renderer;
  /** Memory for decoded blocks, in bytes; 128 MB unless given. */
  readonly blockCacheBytes?: number;
  readonly references?: References;
}

/** Windows of all statistics together that are being read and counted: about 16 MB each. */
const WINDOWS_AT_ONCE = 6;
const BLOCK_CACHE_BYTES = 128 * 1024 * 1024;

/** Rasters from tables: plan, read, warp, resample, compute, colour, encode. */
export function createRasterService(options: RasterServiceOptions): RasterService {
  const { database, observe } = options;
  const references = options.references ?? createReferences(database);
  const blocks = createBlockReader(database, options.blockCacheBytes ?? BLOCK_CACHE_BYTES);
  const places = createSourcePlaces(references);
  const sourcesFrom = createSourceReaders(references, places);
  const readSources = sourcesFrom(blocks.read);
  const likelySources = sourcesFrom(blocks.likely);
  const appearances = remember<Appearance>();
  const appearance = (collection: RasterCollection, context: RunContext): Promise<Appearance> =>
    appearances(`${collection.id} ${collection.version}`, context.signal, async (signal) => {
      const bands = bandsToSample(collection);
      const samples = bands.length === 0 ? [] : await readSample(database, collection, bands, { ...context, signal });
      return describeAppearance(collection, samples);
    });
  const limits = options.limits ?? USUAL_LIMITS;
  const renderer = options.renderer ?? createRenderer();
  const parts = { readSources, likelySources, references, limits, appearance };
  const pictures = createPictures(parts, renderer);
  const turns = createTurns(WINDOWS_AT_ONCE);
  return {
    limits,
    appearance,
    ...pictures,
    check: checkPicture,
    async reach({ sources, target }, context) {
      const found = await Promise.all(sources.map(({ collection }) => places(collection, target, context)));
      return found.flatMap(({ windows }) => windows);
    },
    target: boxTarget,
    nativeTarget,
    tallies: (request, context) => readTallies({ pictures: parts, renderer, turns }, request, context),
    summary: renderer.summary,
    file: renderer.file,
    json: renderer.json,
    piece: renderer.piece,
    windows: (request, context) => readWindows({ readSources, renderer }, request, context),
    points: (request, context) => readPoints({ blocks, references }, request, context),
    positions: (request, limit, context) => readPositions(database, request, limit, context),
    state: (request, context) => readState(database, request, context),
    async values(request, context) {
      const target = growTarget(request.target, request.rim ?? 0);
      checkSize(target, limits);
      const kernel = request.resampling ?? ((await appearance(request.collection, context)).kind === 'classes' ? 'class' : 'area');
      const read = await readPlanes(readSources, { ...request, target, kernel }, context);
      return valuesOf(renderer, read, context.signal);
    },
    tile: (request, context) => drawTile(pictures, request, { observe, context }),
  };
}

async function drawTile(
  pictures: Pictures,
  { collection, format, ...cell }: RasterTileRequest,
  { observe, context }: { readonly observe: Observe | undefined; readonly context: RunContext },
): Promise<RasterTile> {
  const started = performance.now();
  const target = targetOfTile(cell);
  const picture = await pictures.encoded({ sources: [{ collection }], target, look: {} }, format, context);
  const encoded = picture ?? (await blankPicture(target.width, target.height, format));
  observe?.({
    kind: 'tile.rendered',
    what: 'map',
    collection: collection.id,
    durationMs: performance.now() - started,
    bytes: encoded.bytes.length,
  });
  return { ...encoded, isBlank: picture === undefined };
}
