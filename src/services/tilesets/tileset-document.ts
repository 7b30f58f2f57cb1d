import type { Link } from '../../base/link.ts';
import type { Collection, Property } from '../../catalog/collection.ts';
import type { TileMatrixLimits, TileSetDocument, TileSetLayer } from '../../model/tiles.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import { propertySchema } from '../collections/schema-document.ts';

/** What a tileset's document is made of. */
export interface TilesetFacts {
  readonly title: string;
  readonly dataType: 'vector' | 'map' | 'coverage';
  readonly tms: TileMatrixSet;
  readonly collections: readonly Collection[];
  readonly limits: readonly TileMatrixLimits[] | undefined;
  readonly mediaTypes: readonly string[];
  readonly links: readonly Link[];
  /** URL of the tile matrix set here, for sets that are registered nowhere. */
  readonly definition: string;
}

/**
 * A tileset's metadata (OGC 17-083r4 §7, OGC 20-057 /req/tileset). `tileMatrixSetId`, limits and the templated item
 * link stand in the list too: the Tiles test suite reads them there.
 */
export function tilesetDocument(facts: TilesetFacts): TileSetDocument {
  const { tms, collections, limits } = facts;
  const attribution = [...new Set(collections.flatMap((c) => c.attribution ?? []))].join(' · ');
  return {
    title: facts.title,
    ...(attribution === '' ? {} : { attribution }),
    dataType: facts.dataType,
    crs: tms.crs,
    tileMatrixSetId: tms.id,
    ...(tms.uri === undefined ? { tileMatrixSetDefinition: facts.definition } : { tileMatrixSetURI: tms.uri }),
    tileMatrixSetLimits: limits ?? everywhere(tms),
    mediaTypes: facts.mediaTypes,
    layers: collections.map((c) => layer(c, facts.dataType)),
    links: facts.links,
  };
}

/** Limits that exclude nothing: where the extent is not known exactly. */
function everywhere(tms: TileMatrixSet): readonly TileMatrixLimits[] {
  return tms.matrices.map((m) => ({
    tileMatrix: m.id,
    minTileRow: 0,
    maxTileRow: m.matrixHeight - 1,
    minTileCol: 0,
    maxTileCol: m.matrixWidth - 1,
  }));
}

function layer(collection: Collection, dataType: 'vector' | 'map' | 'coverage'): TileSetLayer {
  return {
    id: collection.id,
    title: collection.title,
    ...(collection.description === undefined ? {} : { description: collection.description }),
    dataType,
    ...(collection.attribution === undefined ? {} : { attribution: collection.attribution }),
    ...(collection.kind === 'vector' ? { propertiesSchema: propertiesSchema(collection.properties) } : {}),
  };
}

function propertiesSchema(properties: readonly Property[]): NonNullable<TileSetLayer['propertiesSchema']> {
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((p) => [p.name, propertySchema(p)])),
  };
}
