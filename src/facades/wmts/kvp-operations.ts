import { AppError } from '../../base/error.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import { findInfoFormat, INFO_FORMATS, type InfoFormat } from '../../services/maps/info-documents.ts';
import type { WriteCapabilities } from './get-capabilities.ts';
import { getFeatureInfo } from './get-feature-info.ts';
import { getTile } from './get-tile.ts';
import { invalidValue, required, shown } from './refusal.ts';
import { TILE_FORMATS, type TileFormat } from './tile-format.ts';
import type { TileName } from './tile-request.ts';
import type { WmtsParts } from './wmts-parts.ts';

/** Answers a request whose parameters are words of the query (OGC 07-057r7 §8). @throws AppError with its code */
export function answerKvp(
  kvp: Kvp,
  { parts, getCapabilities }: { readonly parts: WmtsParts; readonly getCapabilities: WriteCapabilities },
  context: RequestContext,
): Promise<Body> {
  const service = required(kvp, 'service');
  if (service.toUpperCase() !== 'WMTS') throw invalidValue('service', `This service is WMTS, got ${shown(service)}`);
  const request = required(kvp, 'request');
  switch (request.toLowerCase()) {
    case 'getcapabilities':
      checkVersions(kvp);
      return getCapabilities(
        {
          sections: kvp.get('Sections'),
          updateSequence: kvp.get('updateSequence'),
          formats: kvp.get('AcceptFormats'),
          tileMatrixSets: kvp.get('TileMatrixSets'),
        },
        context,
      );
    case 'gettile':
      checkVersion(kvp);
      return getTile({ name: tileName(kvp), format: readFormat(kvp), kvp }, parts, context);
    case 'getfeatureinfo': {
      checkVersion(kvp);
      const tile = tileName(kvp);
      readFormat(kvp);
      const format = readInfoFormat(kvp);
      return getFeatureInfo({ name: { tile, i: required(kvp, 'I'), j: required(kvp, 'J'), format }, kvp }, parts, context);
    }
    default:
      throw invalidValue('request', `There is no operation ${shown(request)}: expected GetCapabilities, GetTile or GetFeatureInfo`);
  }
}

function tileName(kvp: Kvp): TileName {
  return {
    layer: required(kvp, 'Layer'),
    style: required(kvp, 'Style'),
    tileMatrixSet: required(kvp, 'TileMatrixSet'),
    tileMatrix: required(kvp, 'TileMatrix'),
    tileRow: required(kvp, 'TileRow'),
    tileCol: required(kvp, 'TileCol'),
    time: kvp.get('Time') ?? '',
  };
}

function readFormat(kvp: Kvp): TileFormat {
  const raw = required(kvp, 'Format');
  const found = TILE_FORMATS.find(({ mediaType }) => mediaType === raw.toLowerCase());
  return found ?? refuseFormat('Format', raw, TILE_FORMATS);
}

function readInfoFormat(kvp: Kvp): InfoFormat {
  const raw = required(kvp, 'InfoFormat');
  return findInfoFormat(raw) ?? refuseFormat('InfoFormat', raw, INFO_FORMATS);
}

function refuseFormat(locator: string, raw: string, known: readonly { readonly mediaType: string }[]): never {
  throw invalidValue(locator, `Cannot answer as ${shown(raw)}: expected one of ${known.map(({ mediaType }) => mediaType).join(', ')}`);
}

function checkVersion(kvp: Kvp): void {
  const version = required(kvp, 'version');
  if (version !== '1.0.0') throw invalidValue('version', `This service speaks version 1.0.0, got ${shown(version)}`);
}

/** OGC 06-121r3 §7.3.2: the first of the versions that a client accepts; here there is one. */
function checkVersions(kvp: Kvp): void {
  const accepted = kvp.get('AcceptVersions');
  if (accepted === undefined || accepted.split(',').some((version) => version.trim() === '1.0.0')) return;
  throw new AppError('INVALID_PARAMETER', {
    detail: `This service speaks version 1.0.0, got ${shown(accepted)}`,
    exception: { code: 'VersionNegotiationFailed' },
  });
}
