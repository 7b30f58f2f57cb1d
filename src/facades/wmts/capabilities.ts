import { createBreath } from '../../base/breath.ts';
import type { Contact } from '../../base/contact.ts';
import { element, type Child, type Element } from '../../markup/element.ts';
import { renderXml, renderXmlPart } from '../../markup/render.ts';
import type { TileMatrixSet } from '../../tms/tile-matrix-set.ts';
import { matrixSetElement } from './matrix-set-element.ts';
import { layerElement, type TileLayer, type TileTemplates } from './tile-layer.ts';

/** The parts of the document that can be asked for one by one. */
export const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata', 'Contents', 'Themes'] as const;

/** One of `SECTIONS`. */
export type Section = (typeof SECTIONS)[number];

/** What the document says. */
export interface CapabilitiesFacts extends TileTemplates {
  readonly title: string;
  readonly contact: Contact;
  readonly sequence: number;
  /** Absolute URL of the landing page without a trailing slash. */
  readonly root: string;
  /** Absolute URL of the service by query, without a question mark. */
  readonly endpoint: string;
  readonly capabilitiesUrl: string;
  readonly layers: readonly TileLayer[];
  readonly sets: readonly TileMatrixSet[];
}

/** Media types of the document, the first unless a client wants the other. */
export const XML_TYPES = ['application/xml', 'text/xml'] as const;

const SCHEMA = 'http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd';

/** The service metadata document (OGC 07-057r7 §7.1.1) with some of its sections. */
export async function capabilitiesDocument(facts: CapabilitiesFacts, sections: readonly Section[]): Promise<string> {
  const has = (section: Section): boolean => sections.includes(section);
  return renderXml(
    element(
      'Capabilities',
      {
        version: '1.0.0',
        updateSequence: String(facts.sequence),
        xmlns: 'http://www.opengis.net/wmts/1.0',
        'xmlns:ows': 'http://www.opengis.net/ows/1.1',
        'xmlns:xlink': 'http://www.w3.org/1999/xlink',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': `http://www.opengis.net/wmts/1.0 ${SCHEMA}`,
      },
      has('ServiceIdentification') && identification(facts),
      has('ServiceProvider') && provider(facts),
      has('OperationsMetadata') && operations(facts),
      has('Contents') && element('Contents', {}, await layers(facts), facts.sets.map(matrixSetElement)),
      has('Themes') && facts.layers.length > 0 && themes(facts),
      sections.length === SECTIONS.length && element('ServiceMetadataURL', { 'xlink:href': facts.capabilitiesUrl }),
    ),
  );
}

/** Thousands of layers take a second: others get their turns in between. */
async function layers(facts: CapabilitiesFacts): Promise<readonly Child[]> {
  const breath = createBreath();
  const parts: Child[] = [];
  for (const layer of facts.layers) {
    parts.push(renderXmlPart(layerElement(layer, facts)));
    await breath();
  }
  return parts;
}

function identification({ title }: CapabilitiesFacts): Element {
  return element(
    'ows:ServiceIdentification',
    {},
    element('ows:Title', {}, title),
    element('ows:Abstract', {}, 'Rasters of a PostGIS database as tiles, drawn on request.'),
    element('ows:ServiceType', {}, 'OGC WMTS'),
    element('ows:ServiceTypeVersion', {}, '1.0.0'),
    element('ows:Fees', {}, 'none'),
    element('ows:AccessConstraints', {}, 'none'),
  );
}

/** OGC 06-121r3 table 12: the provider has to have a name, whom to contact need not. */
function provider({ title, root, contact: { name, organization, email, phone, url } }: CapabilitiesFacts): Element {
  return element(
    'ows:ServiceProvider',
    {},
    element('ows:ProviderName', {}, organization ?? name ?? title),
    element('ows:ProviderSite', { 'xlink:href': url ?? `${root}/` }),
    element(
      'ows:ServiceContact',
      {},
      name !== undefined && element('ows:IndividualName', {}, name),
      (email ?? phone) !== undefined &&
        element(
          'ows:ContactInfo',
          {},
          phone !== undefined && element('ows:Phone', {}, element('ows:Voice', {}, phone)),
          email !== undefined && element('ows:Address', {}, element('ows:ElectronicMailAddress', {}, email)),
        ),
    ),
  );
}

function operations({ endpoint }: CapabilitiesFacts): Element {
  const capabilities = [
    parameter('AcceptVersions', ['1.0.0']),
    parameter('AcceptFormats', XML_TYPES),
    parameter('Sections', [...SECTIONS, 'All']),
  ];
  return element(
    'ows:OperationsMetadata',
    {},
    operation('GetCapabilities', endpoint, capabilities),
    operation('GetTile', endpoint, []),
    operation('GetFeatureInfo', endpoint, []),
  );
}

function operation(name: string, endpoint: string, parameters: readonly Child[]): Element {
  const get = element('ows:Get', { 'xlink:href': `${endpoint}?` }, element('ows:Constraint', { name: 'GetEncoding' }, values(['KVP'])));
  return element('ows:Operation', { name }, element('ows:DCP', {}, element('ows:HTTP', {}, get)), parameters);
}

function parameter(name: string, allowed: readonly string[]): Element {
  return element('ows:Parameter', { name }, values(allowed));
}

function values(allowed: readonly string[]): Element {
  return element(
    'ows:AllowedValues',
    {},
    allowed.map((value) => element('ows:Value', {}, value)),
  );
}

/** One theme with every layer: clients that show themes show nothing else. */
function themes(facts: CapabilitiesFacts): Element {
  const references = facts.layers.map(({ drawable }) => element('LayerRef', {}, drawable.collection.id));
  return element(
    'Themes',
    {},
    element('Theme', {}, element('ows:Title', {}, 'Rasters'), element('ows:Identifier', {}, 'rasters'), references),
  );
}
