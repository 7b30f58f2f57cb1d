import { createBreath } from '../../base/breath.ts';
import { element, type Child, type Element } from '../../markup/element.ts';
import { renderXml, renderXmlPart } from '../../markup/render.ts';
import { INFO_FORMATS } from '../../services/maps/info-documents.ts';
import { WORLD_BOXES } from '../../services/maps/layer-boxes.ts';
import { layerBoxes } from '../../services/maps/layer-boxes.ts';
import type { PictureStyle } from '../../services/maps/picture-styles.ts';
import type { CapabilitiesFacts } from './capabilities-facts.ts';
import { contactInformation } from './contact-information.ts';
import { DESCRIPTION_FORMATS } from './describe-layer.ts';
import type { Dialect } from './dialect.ts';
import { LEGEND_FORMATS } from './get-legend-graphic.ts';
import { COMMON_CRS, layerAxes } from './layer-tree.ts';
import type { LayerFacts, LayerGroup } from './layer-tree.ts';
import { MAP_FORMATS } from './picture-format.ts';

/** The capabilities document in the words of a version (OGC 06-042 §7.2.4, OGC 01-068r3 §7.1). */
export async function capabilitiesDocument(facts: CapabilitiesFacts, dialect: Dialect): Promise<string> {
  const { root, version, namespaces, dtd } = dialect;
  const attributes = { version, updateSequence: String(facts.sequence), ...namespaces };
  return renderXml(element(root, attributes, service(facts, dialect), await capability(facts, dialect)), dtd);
}

function service(facts: CapabilitiesFacts, dialect: Dialect): Element {
  const { title, root, contact } = facts;
  return element(
    'Service',
    {},
    element('Name', {}, dialect.serviceName),
    element('Title', {}, title),
    element('Abstract', {}, 'Rasters of a PostGIS database, drawn on request.'),
    keywords(['raster', 'PostGIS']),
    dialect.onlineResource(contact.url ?? `${root}/`),
    contactInformation(contact),
    element('Fees', {}, 'none'),
    element('AccessConstraints', {}, 'none'),
    dialect.limits(facts),
  );
}

async function capability(facts: CapabilitiesFacts, dialect: Dialect): Promise<Element> {
  const { exceptions, ownCrs, boxes } = dialect;
  const groups = await Promise.all(facts.groups.map((each) => group(each, facts, dialect)));
  return element(
    'Capability',
    {},
    element('Request', {}, operations(facts, dialect)),
    element(
      'Exception',
      {},
      exceptions.map((format) => element('Format', {}, format)),
    ),
    element('Layer', {}, element('Title', {}, facts.title), crsElements([...ownCrs, ...COMMON_CRS], dialect), boxes(WORLD_BOXES), groups),
  );
}

function operations({ endpoint }: CapabilitiesFacts, dialect: Dialect): readonly Element[] {
  const mapFormats = MAP_FORMATS.map(({ mediaType }) => mediaType);
  const formatsOf: readonly (readonly [name: string, formats: readonly string[]])[] = [
    ['GetCapabilities', dialect.mediaTypes],
    ['GetMap', mapFormats],
    ['GetFeatureInfo', INFO_FORMATS.map(({ mediaType }) => mediaType)],
    [dialect.describeLayer, DESCRIPTION_FORMATS],
    [dialect.getLegendGraphic, LEGEND_FORMATS],
  ];
  const get = element('Get', {}, dialect.onlineResource(`${endpoint}?`));
  return formatsOf.map(([name, formats]) =>
    element(
      name,
      {},
      formats.map((format) => element('Format', {}, format)),
      element('DCPType', {}, element('HTTP', {}, get)),
    ),
  );
}

/** Thousands of layers take a second: others get their turns in between. */
async function group({ title, styles, layers }: LayerGroup, facts: CapabilitiesFacts, dialect: Dialect): Promise<Element> {
  const breath = createBreath();
  const parts: Child[] = [];
  for (const layer of layers) {
    parts.push(renderXmlPart(layerElement(layer, facts, dialect)));
    await breath();
  }
  return element(
    'Layer',
    {},
    element('Title', {}, title),
    styles.map((style) => styleElement(style)),
    parts,
  );
}

function layerElement({ drawable, ownCrs, ownStyles }: LayerFacts, facts: CapabilitiesFacts, dialect: Dialect): Element {
  const { collection } = drawable;
  return element(
    'Layer',
    { queryable: 1 },
    element('Name', {}, collection.id),
    element('Title', {}, collection.title),
    element('Abstract', {}, collection.description ?? `Raster with ${collection.bands.length} bands`),
    keywords(['raster', ...collection.keywords]),
    crsElements(ownCrs, dialect),
    dialect.boxes(layerBoxes(drawable)),
    dialect.axes(layerAxes(drawable)),
    collection.attribution !== undefined && element('Attribution', {}, element('Title', {}, collection.attribution)),
    dialect.metadataUrl(facts.collectionUrl(collection.id)),
    ownStyles.map((style) => styleElement(style, dialect.legendUrl(facts.legendUrl(collection.id, style.name)))),
  );
}

function styleElement({ name, title }: PictureStyle, legend?: Element): Element {
  return element('Style', {}, element('Name', {}, name), element('Title', {}, title), legend);
}

function crsElements(names: readonly string[], { crsElement }: Dialect): readonly Element[] {
  return names.map((name) => element(crsElement, {}, name));
}

function keywords(words: readonly string[]): Element {
  return element(
    'KeywordList',
    {},
    words.map((word) => element('Keyword', {}, word)),
  );
}
