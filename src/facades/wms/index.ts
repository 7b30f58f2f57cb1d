import type { Block } from '../../http/block.ts';
import { classicRoute, type ClassicRequest } from '../../http/classic.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Body, MountedRoute, RequestContext } from '../../http/route.ts';
import { describeLayer } from './describe-layer.ts';
import { refuseRequest } from './refuse-request.ts';
import { createGetCapabilities, type WriteCapabilities } from './get-capabilities.ts';
import { getFeatureInfo } from './get-feature-info.ts';
import { getLegendGraphic } from './get-legend-graphic.ts';
import { getMap } from './get-map.ts';
import { invalidValue, missing, refusal, shown } from './refusal.ts';
import type { WmsParts } from './wms-parts.ts';

/** Operations by the names that either version gives them, in lower case. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['getcapabilities', 'GetCapabilities'],
  ['capabilities', 'GetCapabilities'],
  ['getmap', 'GetMap'],
  ['map', 'GetMap'],
  ['getfeatureinfo', 'GetFeatureInfo'],
  ['feature_info', 'GetFeatureInfo'],
  ['describelayer', 'DescribeLayer'],
  ['getlegendgraphic', 'GetLegendGraphic'],
]);

type Operation = 'GetCapabilities' | 'GetMap' | 'GetFeatureInfo' | 'DescribeLayer' | 'GetLegendGraphic';

/** `/wms`: Web Map Service 1.3.0 and 1.1.1 of everything that can be drawn (OGC 06-042, OGC 01-068r3). */
export function wmsFacade(parts: WmsParts): Block {
  return {
    id: 'wms',
    spec: 'OGC 06-042',
    conformsTo: [],
    requires: ['collections', 'coverages'],
    mount: () => ({
      routes: [wmsRoute(parts)],
      landingLinks: (links) => [
        {
          href: `${links.to('wms')}?service=WMS&request=GetCapabilities`,
          rel: 'service-meta',
          type: 'text/xml',
          title: 'Web Map Service (WMS): capabilities',
        },
      ],
    }),
  };
}

function wmsRoute(parts: WmsParts): MountedRoute {
  const getCapabilities = createGetCapabilities(parts);
  return classicRoute({
    id: 'wms',
    path: '/wms',
    summary: 'Web Map Service',
    tag: 'WMS',
    collections: ({ kvp }) => mapNames(kvp, parts),
    answer: ({ kvp }, context) => answer(kvp, { parts, getCapabilities }, context),
    refuse: (error, { kvp }: ClassicRequest) => refuseRequest(error, kvp),
  });
}

function answer(
  kvp: Kvp,
  { parts, getCapabilities }: { readonly parts: WmsParts; readonly getCapabilities: WriteCapabilities },
  context: RequestContext,
): Promise<Body> {
  const service = kvp.get('SERVICE') ?? '';
  if (service !== '' && service.toUpperCase() !== 'WMS') {
    throw invalidValue('SERVICE', `This service is WMS, got SERVICE ${shown(service)}`);
  }
  switch (operationOf(kvp)) {
    case 'GetCapabilities':
      return getCapabilities(kvp, context);
    case 'GetMap':
      return getMap(kvp, parts, context);
    case 'GetFeatureInfo':
      return getFeatureInfo(kvp, parts, context);
    case 'DescribeLayer':
      return describeLayer(kvp, parts, context);
    case 'GetLegendGraphic':
      return getLegendGraphic(kvp, parts, context);
    default:
      throw missing('REQUEST');
  }
}

function operationOf(kvp: Kvp): Operation | undefined {
  const raw = kvp.get('REQUEST') ?? '';
  const operation = OPERATIONS.get(raw.toLowerCase());
  if (operation === undefined && raw !== '') {
    throw refusal(
      'OperationNotSupported',
      'REQUEST',
      `There is no operation ${shown(raw)}: expected GetCapabilities, GetMap, GetFeatureInfo, DescribeLayer or GetLegendGraphic`,
    );
  }
  return operation;
}

/**
 * Maps are kept like tiles; not those of layers whose names hold commas, as only drawing finds out where these end, nor
 * those that are cut by a feature, which is as it is at the moment.
 */
function mapNames(kvp: Kvp, { drawables }: WmsParts): readonly string[] | undefined {
  if (!/^(get)?map$/i.test(kvp.get('REQUEST') ?? '') || kvp.get('clip') !== undefined) return undefined;
  const names = (kvp.get('LAYERS') ?? '').split(',');
  const ids = names.flatMap((name) => drawables.idOf(name) ?? []);
  return ids.length === names.length ? ids : undefined;
}
