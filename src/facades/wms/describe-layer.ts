import type { Kvp } from '../../http/kvp.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import { readNames } from './layer-parameters.ts';
import type { WmsParts } from './wms-parts.ts';
import { requireVersion, type WmsVersion } from './wms-version.ts';

/** The one format of descriptions. */
export const DESCRIPTION_FORMATS: readonly string[] = ['text/xml'];

const DTD_1_1 = 'http://schemas.opengis.net/wms/1.1.1/WMS_DescribeLayerResponse.dtd';
const SCHEMA_1_3 = 'http://schemas.opengis.net/sld/1.1.0/DescribeLayer.xsd';

/** A layer and where its numbers are. */
interface Described {
  readonly id: string;
  readonly coverageUrl: string;
}

/**
 * DescribeLayer (OGC 05-078r4 §10, OGC 02-070 §6.2): where the numbers behind layers are. Of the two words that there are
 * for it rasters are `wcs`: coverages, not features; the address is that of the coverage in OGC API.
 */
export async function describeLayer(kvp: Kvp, { drawables }: WmsParts, context: RequestContext): Promise<Body> {
  const version = requireVersion(kvp);
  const layers = await readNames(kvp, 'LAYERS', { drawables, context });
  const described = layers.map(({ collection: { id } }) => ({
    id,
    coverageUrl: context.links.to('coverages.collection.getCoverage', { collectionId: id }),
  }));
  return { content: describe(described, version), headers: { 'Content-Type': 'text/xml' } };
}

function describe(layers: readonly Described[], version: WmsVersion): string {
  return version === '1.1.1' ? renderXml(response11(layers), DTD_1_1) : renderXml(response13(layers));
}

function response11(layers: readonly Described[]): Element {
  return element(
    'WMS_DescribeLayerResponse',
    { version: '1.1.1' },
    layers.map(({ id, coverageUrl }) =>
      element('LayerDescription', { name: id, owsType: 'WCS', owsURL: coverageUrl }, element('Query', { typeName: id })),
    ),
  );
}

function response13(layers: readonly Described[]): Element {
  return element(
    'DescribeLayerResponse',
    {
      xmlns: 'http://www.opengis.net/sld',
      'xmlns:se': 'http://www.opengis.net/se',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `http://www.opengis.net/sld ${SCHEMA_1_3}`,
    },
    element('Version', {}, '1.1.0'),
    layers.map(({ id, coverageUrl }) =>
      element(
        'LayerDescription',
        {},
        element('owsType', {}, 'wcs'),
        element('se:OnlineResource', { 'xlink:type': 'simple', 'xlink:href': coverageUrl }),
        element('TypeName', {}, element('se:CoverageName', {}, id)),
      ),
    ),
  );
}
