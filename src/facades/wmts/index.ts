import type { Block } from '../../http/block.ts';
import { classicRoute, type ClassicRequest } from '../../http/classic.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { MountedRoute } from '../../http/route.ts';
import { INFO_FORMATS } from '../../services/maps/info-documents.ts';
import { XML_TYPES } from './capabilities.ts';
import { exceptionReport, pathStatus, queryStatus } from './exception-report.ts';
import { createGetCapabilities, type WriteCapabilities } from './get-capabilities.ts';
import { getFeatureInfo } from './get-feature-info.ts';
import { getTile } from './get-tile.ts';
import { answerKvp } from './kvp-operations.ts';
import { invalidValue, shown } from './refusal.ts';
import { TILE_FORMATS } from './tile-format.ts';
import type { TileName } from './tile-request.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** The first parts of a path: layers with a time have one part more. */
interface Address {
  readonly layer: string;
  /** Of the ids of its routes. */
  readonly suffix: '' | '.time';
}

const ADDRESSES: readonly Address[] = [
  { layer: '{Layer}', suffix: '' },
  { layer: '{Layer}/{Time}', suffix: '.time' },
];

/** Path of a tile between its layer and its last part. */
const TILE = '{style}/{TileMatrixSet}/{TileMatrix}/{TileRow}';

/** `/wmts`: Web Map Tile Service 1.0, by query and by path, of everything that can be drawn (OGC 07-057r7). */
export function wmtsFacade(parts: WmtsParts): Block {
  return {
    id: 'wmts',
    spec: 'OGC 07-057r7',
    conformsTo: [],
    requires: ['collections', 'tile-matrix-sets', 'legends'],
    mount() {
      const getCapabilities = createGetCapabilities(parts);
      return {
        routes: [
          kvpRoute(parts, getCapabilities),
          capabilitiesRoute(getCapabilities),
          ...ADDRESSES.flatMap((address) => [tileRoute(parts, address), infoRoute(parts, address)]),
        ],
        landingLinks: (links) => [
          {
            href: links.to('wmts.capabilities'),
            rel: 'service-meta',
            type: 'application/xml',
            title: 'Web Map Tile Service (WMTS): capabilities',
          },
        ],
        collectionLinks: (collection, links) =>
          collection.kind === 'raster'
            ? [{ href: links.to('wmts.capabilities'), rel: 'related', type: 'application/xml', title: `WMTS, layer ${collection.id}` }]
            : [],
      };
    },
  };
}

function kvpRoute(parts: WmtsParts, getCapabilities: WriteCapabilities): MountedRoute {
  return classicRoute({
    id: 'wmts',
    path: '/wmts',
    summary: 'Web Map Tile Service',
    tag: 'WMTS',
    collections({ kvp }) {
      return /^gettile$/i.test(kvp.get('request') ?? '') ? idsOf(kvp, kvp.get('Layer'), parts) : undefined;
    },
    answer: ({ kvp }, context) => answerKvp(kvp, { parts, getCapabilities }, context),
    refuse: async (error) => exceptionReport(error, queryStatus(error)),
  });
}

function capabilitiesRoute(getCapabilities: WriteCapabilities): MountedRoute {
  return classicRoute({
    id: 'wmts.capabilities',
    path: '/wmts/1.0.0/WMTSCapabilities.xml',
    summary: 'Web Map Tile Service: capabilities',
    tag: 'WMTS',
    mediaTypes: XML_TYPES,
    answer({ kvp }, context) {
      const wish = { sections: undefined, updateSequence: undefined, formats: undefined, tileMatrixSets: kvp.get('TileMatrixSets') };
      return getCapabilities(wish, context);
    },
    refuse: async (error) => exceptionReport(error, pathStatus(error)),
  });
}

function tileRoute(parts: WmtsParts, address: Address): MountedRoute {
  return classicRoute({
    id: `wmts.tile${address.suffix}`,
    path: `/wmts/${address.layer}/${TILE}/{TileFile}`,
    summary: 'Web Map Tile Service: one tile',
    tag: 'WMTS',
    collections: ({ path, kvp }) => idsOf(kvp, path['Layer'], parts),
    answer({ path, kvp }, context) {
      const [tileCol, extension] = splitFile(path['TileFile'] ?? '');
      const format = TILE_FORMATS.find((one) => one.extension === extension);
      if (format === undefined) throw invalidValue('Format', `There are no tiles of the format ${shown(extension)}`);
      return getTile({ name: { ...nameOf(path, kvp), tileCol }, format, kvp }, parts, context);
    },
    refuse: async (error) => exceptionReport(error, pathStatus(error)),
  });
}

function infoRoute(parts: WmtsParts, address: Address): MountedRoute {
  return classicRoute({
    id: `wmts.info${address.suffix}`,
    path: `/wmts/${address.layer}/${TILE}/{TileCol}/{J}/{InfoFile}`,
    summary: 'Web Map Tile Service: what lies under a pixel of a tile',
    tag: 'WMTS',
    answer({ path, kvp }, context) {
      const [i, extension] = splitFile(path['InfoFile'] ?? '');
      const format = INFO_FORMATS.find((one) => one.extension === extension);
      if (format === undefined) throw invalidValue('InfoFormat', `There is no information of the format ${shown(extension)}`);
      const tile = { ...nameOf(path, kvp), tileCol: path['TileCol'] ?? '' };
      return getFeatureInfo({ name: { tile, i, j: path['J'] ?? '', format }, kvp }, parts, context);
    },
    refuse: async (error) => exceptionReport(error, pathStatus(error)),
  });
}

/** Tiles are kept, but not those that other collections than that of the layer decide. */
function idsOf(kvp: Kvp, layer: string | undefined, { drawables }: WmtsParts): readonly string[] | undefined {
  if (kvp.get('clip') !== undefined || kvp.get('layers') !== undefined) return undefined;
  const id = drawables.idOf(layer ?? '');
  return id === undefined ? undefined : [id];
}

function nameOf(path: ClassicRequest['path'], kvp: Kvp): Omit<TileName, 'tileCol'> {
  return {
    layer: path['Layer'] ?? '',
    style: path['style'] ?? '',
    time: path['Time'] ?? kvp.get('Time') ?? '',
    tileMatrixSet: path['TileMatrixSet'] ?? '',
    tileMatrix: path['TileMatrix'] ?? '',
    tileRow: path['TileRow'] ?? '',
  };
}

/** `5.png` → `5` and `png`. */
function splitFile(file: string): readonly [name: string, extension: string] {
  const at = file.lastIndexOf('.');
  return at < 0 ? [file, ''] : [file.slice(0, at), file.slice(at + 1)];
}
