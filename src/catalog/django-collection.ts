import type { Bbox } from '../base/bbox.ts';
import { sql } from '../base/sql.ts';
import { baseOf, versionOf } from './build.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Band, RasterCollection, RasterLevel } from './collection.ts';
import type { DjangoLayer } from './django-layer.ts';
import { hasRasterIndex } from './key-columns.ts';

/** Half the side of the square of Web Mercator tiles, in metres (EPSG:3857 at ±180°). */
const HALF_WORLD = 20_037_508.342789244;
const TILE_SIZE = 256;

/** The collection of a layer: the rows of its finest zoom level, those of the others as its pyramid. */
export function djangoCollection(candidate: Candidate, column: CandidateColumn, layer: DjangoLayer, id: string): RasterCollection {
  const levels = levelsOf(candidate, column, layer);
  const content = {
    ...baseOf(candidate, column, id, true),
    title: layer.title ?? id,
    description: layer.description,
    predicate: sql`rasterlayer_id = ${layer.id}::int`,
    estimatedRows: undefined,
    kind: 'raster' as const,
    column: column.row.name,
    srid: 3857,
    bands: bandsOf(layer),
    levels,
    nativeBbox: boundsOf(layer),
    blockWidth: TILE_SIZE,
    blockHeight: TILE_SIZE,
    regularBlocking: true,
    layerKind: layer.kind,
    colorMap: layer.legend,
  };
  return Object.freeze({ ...content, version: versionOf(content, candidate) });
}

function levelsOf({ relation, indexes }: Candidate, column: CandidateColumn, { zooms }: DjangoLayer): readonly RasterLevel[] {
  const finest = zooms.at(-1) ?? 0;
  const indexed = hasRasterIndex(column.row, indexes);
  return Object.freeze(
    zooms.toReversed().map((zoom) => {
      const size = (2 * HALF_WORLD) / (TILE_SIZE * 2 ** zoom);
      const predicate = sql`tilez = ${zoom}::int`;
      const factor = 2 ** (finest - zoom);
      return Object.freeze({ relation, column: column.row.name, factor, predicate, pixelWidth: size, pixelHeight: size, indexed });
    }),
  );
}

/** The square of whole tiles in which the finest level lies. */
function boundsOf({ zooms, tiles }: DjangoLayer): Bbox {
  const side = (2 * HALF_WORLD) / 2 ** (zooms.at(-1) ?? 0);
  return [
    tiles.minX * side - HALF_WORLD,
    HALF_WORLD - (tiles.maxY + 1) * side,
    (tiles.maxX + 1) * side - HALF_WORLD,
    HALF_WORLD - tiles.minY * side,
  ];
}

/** Names as everywhere; the formulas of django-raster count bands from 0 in their own way. */
function bandsOf({ bands }: DjangoLayer): readonly Band[] {
  return Object.freeze(
    bands.map(({ pixelType, nodata }, n) =>
      Object.freeze({ name: `b${n + 1}`, title: undefined, unit: undefined, pixelType, nodata, scale: 1, offset: 0, classes: [] }),
    ),
  );
}
