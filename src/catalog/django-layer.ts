import type { ColorMap } from '../color/color-map.ts';
import type { LayerKind } from '../raster/layer-kind.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding } from './catalog.ts';
import type { Band } from './collection.ts';
import type { NamedLegend } from './stored-legend.ts';

/** A layer of django-raster: rows of its table of tiles that share a `rasterlayer_id`, one pyramid of Web Mercator tiles. */
export interface DjangoLayer {
  readonly id: number;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly kind: LayerKind;
  /** Zoom levels that have tiles, ascending; at least one. */
  readonly zooms: readonly number[];
  /** First and last tile of the finest zoom level. */
  readonly tiles: { readonly minX: number; readonly maxX: number; readonly minY: number; readonly maxY: number };
  readonly bands: readonly Pick<Band, 'pixelType' | 'nodata'>[];
  readonly legend: ColorMap | undefined;
}

/** The layers of every table of django-raster's tiles, by its oid. */
export type DjangoLayers = ReadonlyMap<number, readonly DjangoLayer[]>;

/** All that a database of django-raster holds besides pixels. */
export interface DjangoContent {
  readonly layers: DjangoLayers;
  /** Its legends by title and number. */
  readonly legends: readonly NamedLegend[];
  /** That its tables of layers and legends are read. */
  readonly findings: readonly Finding[];
}

const COLUMNS = ['rasterlayer_id', 'tilex', 'tiley', 'tilez'];

/** The raster column of a table of django-raster's tiles: `…_rastertile` with the columns that its model has. */
export function djangoTileColumn({ relation, columns }: Candidate): CandidateColumn | undefined {
  if (!relation.name.endsWith('_rastertile')) return undefined;
  const names = new Set(columns.filter(({ row }) => row.selectable).map(({ row }) => row.name));
  if (!COLUMNS.every((name) => names.has(name))) return undefined;
  return columns.find(({ role, row }) => role === 'raster' && row.name === 'rast' && row.selectable);
}
