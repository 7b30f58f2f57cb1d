import { createRequire } from 'node:module';
import { parseTileMatrixSet } from './parse-tile-matrix-set.ts';
import type { TileMatrix, TileMatrixSet } from './tile-matrix-set.ts';

/** Tile matrix sets by id. Immutable; the sets that come with the program are read when they are first asked for. */
export interface Registry {
  /** Every id, the program's own first, in the order in which they are listed. */
  readonly ids: readonly string[];
  /** The set, or undefined when there is none of this id (ids are case-sensitive). */
  get(id: string): TileMatrixSet | undefined;
}

const UTM_ZONES = Array.from({ length: 60 }, (_, i) => `UTM${String(i + 1).padStart(2, '0')}WGS84Quad`);

const IDS = [
  'WebMercatorQuad',
  'WorldCRS84Quad',
  'WGS1984Quad',
  'WorldMercatorWGS84Quad',
  'EuropeanETRS89_LAEAQuad',
  'CanadianNAD83_LCC',
  'NZTM2000Quad',
  'UPSArcticWGS84Quad',
  'UPSAntarcticWGS84Quad',
  'LINZAntarcticaMapTilegrid',
  'CDB1GlobalGrid',
  'GNOSISGlobalGrid',
  ...UTM_ZONES,
];

/** The sets that come with the program: the OGC's register and three that morecantile's users know. */
export const registry: Registry = createRegistry();

/**
 * A registry with more sets. A set whose id is there already replaces it.
 * @param documents parsed JSON documents with the name of their file, for messages
 * @throws Error that names file, place, what was wanted and what was found
 */
export function register(base: Registry, documents: readonly { readonly source: string; readonly document: unknown }[]): Registry {
  const added = new Map(documents.map(({ source, document }) => parseTileMatrixSet(document, source)).map((tms) => [tms.id, tms]));
  return Object.freeze({
    ids: [...base.ids, ...[...added.keys()].filter((id) => !base.ids.includes(id))],
    get: (id: string) => added.get(id) ?? base.get(id),
  });
}

/** The matrix with this id, or undefined. */
export function findMatrix(tms: TileMatrixSet, id: string): TileMatrix | undefined {
  return tms.matrices.find((matrix) => matrix.id === id);
}

function createRegistry(): Registry {
  // A deferred import: parsing all documents would cost every start 20 ms, most of them for sets that nobody asks for.
  const load = createRequire(import.meta.url);
  const known = new Set(IDS);
  const parsed = new Map<string, TileMatrixSet>();
  return Object.freeze({
    ids: IDS,
    get(id: string): TileMatrixSet | undefined {
      if (!known.has(id)) return undefined;
      const found = parsed.get(id);
      if (found !== undefined) return found;
      const document: unknown = load(`../../schemas/tms/${id}.json`);
      const tms = parseTileMatrixSet(document, `${id}.json`);
      parsed.set(id, tms);
      return tms;
    },
  });
}
