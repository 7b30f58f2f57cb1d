import assert from 'node:assert/strict';
import type { InfoChoice, TileChoice } from './binding.ts';
import type { Layer, Limits, Matrix, WmtsService } from './service.ts';

/** A tile with the matrix that it lies in, and where that has data. */
export interface PlacedTile {
  readonly name: string;
  readonly choice: TileChoice;
  readonly matrix: Matrix;
  readonly limits: Limits | undefined;
}

/**
 * Tiles as the suite chooses them: of every layer its middle style and the middle of its sets, of this set the first, the
 * middle and the last matrix, of a matrix the tile in the middle of its limits.
 */
export function chooseTiles(service: WmtsService, format?: string): readonly PlacedTile[] {
  return service.layers.flatMap((layer) => {
    const link = middle(layer.links);
    const matrices = service.sets.get(link.set) ?? [];
    const chosen = [matrices[0], matrices[matrices.length >> 1], matrices.at(-1)].flatMap((matrix) => matrix ?? []);
    return chosen.map((matrix) => placeTile(layer, link, { matrix, format: format ?? middle(layer.formats) }));
  });
}

/** The tile of each layer in the middle matrix. */
export function chooseOne(service: WmtsService): readonly PlacedTile[] {
  return chooseTiles(service).filter((_, i) => i % 3 === 1);
}

/** The middle pixel of a tile. */
export function infoOf({ choice, matrix }: PlacedTile, format: string): InfoChoice {
  return { ...choice, info: { InfoFormat: format, J: String(matrix.tileHeight >> 1), I: String(matrix.tileWidth >> 1) } };
}

/** The same choice with some words changed; `undefined` leaves a word out. */
export function change<T extends TileChoice>(choice: T, words: Partial<TileChoice['words']>): T {
  return { ...choice, words: { ...choice.words, ...words } };
}

/** A row or column next to the limits of a matrix, inside the matrix where there is room. */
export function beside([min, max]: readonly [number, number], count: number): number {
  if (max + 1 < count) return max + 1;
  return min > 0 ? min - 1 : count;
}

/** The middle of a list as the suite finds it. @throws Error for an empty one */
export function middle<T>(list: readonly T[]): T {
  const found = list[Math.floor((list.length + 1) / 2) - 1];
  assert.ok(found !== undefined, 'there is nothing to choose from');
  return found;
}

function placeTile(
  layer: Layer,
  link: Layer['links'][number],
  { matrix, format }: { readonly matrix: Matrix; readonly format: string },
): PlacedTile {
  const limits = link.limits.find((one) => one.matrix === matrix.id);
  const rows = limits?.rows ?? [0, matrix.height - 1];
  const cols = limits?.cols ?? [0, matrix.width - 1];
  const [row, col] = [(rows[0] + rows[1]) >> 1, (cols[0] + cols[1]) >> 1];
  const words = {
    layer: layer.id,
    style: middle(layer.styles),
    format,
    TileMatrixSet: link.set,
    TileMatrix: matrix.id,
    TileRow: String(row),
    TileCol: String(col),
  };
  return { name: `${layer.id}, ${link.set} ${matrix.id}/${row}/${col}`, choice: { layer, words, dimensions: {} }, matrix, limits };
}
