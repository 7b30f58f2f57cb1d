import type { RasterCollection, RasterLevel } from '../src/catalog/collection.ts';
import type { Range } from '../src/raster/rescale.ts';
import { built } from './support/built.ts';
import { findTable, type Databases } from './support/databases.ts';
import { openDiscovered } from './support/discovered.ts';
import { tileMatrix } from './support/tile-matrix.ts';

/** A tile of a raster table, the level that we read for it, and how it is stretched. */
export interface RasterTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly level: RasterLevel;
}

/** A raster table with the tiles on which it is measured. */
export interface RasterCase {
  readonly table: string;
  readonly url: string;
  readonly collection: RasterCollection;
  /** One for each shown band; undefined for bytes that are shown as they are. */
  readonly stretch: Range | undefined;
  readonly tiles: readonly RasterTile[];
}

interface Wanted {
  readonly table: string;
  /** Around the one at which a pixel of the table is a pixel of the tile: smaller, reduced and enlarged pictures. */
  readonly zooms: readonly number[];
  /** Longitude and latitude of places; the tiles around them lie wholly inside the data. */
  readonly places: readonly (readonly [number, number])[];
}

const WORLD = [
  [10, 45],
  [-60, -20],
] as const;

/** The rasters of the comparison. */
export const WANTED: readonly Wanted[] = [
  { table: 'r_egm96', zooms: [2, 3, 4, 5], places: WORLD },
  {
    table: 'r_srtm1_n48w125',
    zooms: [10, 11, 12, 13],
    places: [
      [-124.62, 48.35],
      [-124.3, 48.35],
    ],
  },
  { table: 'r_bluemarble', zooms: [2, 3, 4, 5], places: WORLD },
  { table: 'geoid', zooms: [2, 3, 4, 5], places: WORLD },
  { table: 'blue_marble', zooms: [2, 3, 4, 5], places: WORLD },
];

/** Finds a table and works out its tiles; undefined when no database holds it. */
export async function rasterCase(wanted: Wanted, databases: Databases): Promise<RasterCase | undefined> {
  const url = await findTable(databases, wanted.table);
  if (url === undefined) return undefined;
  const { database, raster } = await openDiscovered(url);
  try {
    const collection = raster(wanted.table);
    const { createRasterService } = await built('services/rasters/raster-service.js');
    const { ANONYMOUS } = await built('base/principal.js');
    const { createReferences } = await built('services/rasters/references.js');
    const { levelFor, extentIn, targetSize } = await built('services/rasters/placement.js');
    const { targetOfTile } = await built('services/rasters/targets.js');
    const context = { signal: new AbortController().signal, principal: ANONYMOUS };
    const appearance = await createRasterService({ database }).appearance(collection, context);
    const reference = await createReferences(database)(collection.srid, 3857, context);
    const extent = await extentIn(collection, reference, context);
    const tiles: RasterTile[] = [];
    for (const place of placesOf(wanted)) {
      const target = targetOfTile({ ...(await tileMatrix(place.z)), row: place.y, col: place.x });
      const level = levelFor(collection, await targetSize(target, extent, reference.back, context));
      if (level !== undefined) tiles.push({ ...place, level: level.level });
    }
    return { table: wanted.table, url, collection, stretch: appearance.kind === 'gray' ? appearance.ranges[0] : undefined, tiles };
  } finally {
    await database.close();
  }
}

/** Where our server has the tile as PNG. */
export function tileUrl(root: string, { table }: RasterCase, { z, x, y }: RasterTile): string {
  return `${root}/collections/${table}/map/tiles/WebMercatorQuad/${z}/${y}/${x}?f=png`;
}

function placesOf({ zooms, places }: Wanted): readonly { readonly z: number; readonly x: number; readonly y: number }[] {
  const all = zooms.flatMap((z) => places.map(([lon, lat]) => ({ z, ...tileAround(z, lon, lat) })));
  return all.filter((a, i) => all.findIndex((b) => a.z === b.z && a.x === b.x && a.y === b.y) === i);
}

/** The tile of the XYZ scheme that holds a position. */
export function tileAround(z: number, lon: number, lat: number): { readonly x: number; readonly y: number } {
  const side = 2 ** z;
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return { x: Math.floor(((lon + 180) / 360) * side), y: Math.floor(((1 - north / Math.PI) / 2) * side) };
}
