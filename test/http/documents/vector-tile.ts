import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** Decodes a vector tile. Both packages fit at run time; the types of the one still name the other's version before. */
export function decodeVectorTile(bytes: Uint8Array): VectorTile {
  const tile: VectorTile = Reflect.construct(VectorTile, [new PbfReader(bytes)]);
  return tile;
}
