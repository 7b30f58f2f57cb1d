import { element, type Child, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import type { BandReading, InfoDocument, Reading } from './info-layer.ts';

/** How a version of GML writes the same. */
interface GmlVersion {
  readonly namespace: string;
  /** Name of the collection, and the namespaces that it wants besides. */
  readonly collection: string;
  readonly namespaces: Readonly<Record<string, string>>;
  /** The attribute that names a feature. */
  readonly id: 'fid' | 'gml:id';
  /** The one position of a document, longitude first. */
  point(longitude: number, latitude: number, id: string): Element;
  /** What the collection has to say before its members. */
  bounds(position: InfoDocument['position']): Child;
}

const CRS84_URN = 'urn:ogc:def:crs:OGC:1.3:CRS84';

/** GML 2.1.2 (OGC 02-069), which knows no CRS84: by its custom EPSG:4326 has longitude first. */
const GML_2: GmlVersion = {
  namespace: 'http://www.opengis.net/gml',
  collection: 'wfs:FeatureCollection',
  namespaces: { 'xmlns:wfs': 'http://www.opengis.net/wfs' },
  id: 'fid',
  point: (longitude, latitude) =>
    element('gml:Point', { srsName: 'EPSG:4326' }, element('gml:coordinates', {}, `${longitude},${latitude}`)),
  bounds: (position) => {
    if (position === undefined) return element('gml:boundedBy', {}, element('gml:null', {}, 'unknown'));
    const corner = position.join(',');
    return element(
      'gml:boundedBy',
      {},
      element('gml:Box', { srsName: 'EPSG:4326' }, element('gml:coordinates', {}, `${corner} ${corner}`)),
    );
  },
};

/** GML 3.1.1 (OGC 03-105r1). */
const GML_3_1: GmlVersion = {
  namespace: 'http://www.opengis.net/gml',
  collection: 'gml:FeatureCollection',
  namespaces: {},
  id: 'gml:id',
  point: (longitude, latitude, id) =>
    element('gml:Point', { 'gml:id': id, srsName: CRS84_URN }, element('gml:pos', {}, `${longitude} ${latitude}`)),
  bounds: () => undefined,
};

/** GML 3.2.1 (OGC 07-036), where every collection and geometry has an id. */
const GML_3_2: GmlVersion = { ...GML_3_1, namespace: 'http://www.opengis.net/gml/3.2' };

const VERSIONS = { '2': GML_2, '3.1': GML_3_1, '3.2': GML_3_2 } as const;

/**
 * What lies at a place as GML: a feature for each layer and time, named like its layer, with an element for each band that
 * has data. Names that XML does not allow are changed to such that it does.
 */
export function infoGml({ position, layers, namespace }: InfoDocument, version: keyof typeof VERSIONS): string {
  const gml = VERSIONS[version];
  const names = distinctNames(layers.map(({ id }) => id));
  const members = layers.flatMap(({ id, readings }, n) =>
    readings.map((reading, i) => element('gml:featureMember', {}, featureOf({ gml, position, id, name: names[n] ?? '_' }, reading, i))),
  );
  const namespaces = { 'xmlns:gml': gml.namespace, ...gml.namespaces, 'xmlns:layers': `${namespace}/collections` };
  const id = gml.id === 'gml:id' ? { 'gml:id': 'info' } : {};
  return renderXml(element(gml.collection, { ...namespaces, ...id }, gml.bounds(position), members));
}

interface FeatureFacts {
  readonly gml: GmlVersion;
  readonly position: InfoDocument['position'];
  readonly id: string;
  readonly name: string;
}

function featureOf({ gml, position, id, name }: FeatureFacts, { time, values }: Reading, i: number): Element {
  const names = distinctNames(['geometry', 'layer', 'time', ...values.map((value) => value.name)]).slice(3);
  const featureId = `${name}.${i + 1}`;
  return element(
    `layers:${name}`,
    { [gml.id]: featureId },
    position !== undefined && element('layers:geometry', {}, gml.point(position[0], position[1], `${featureId}.geometry`)),
    element('layers:layer', {}, id),
    time !== undefined && element('layers:time', {}, time),
    values.map((value, n) => bandElement(`layers:${names[n] ?? '_'}`, value)),
  );
}

function bandElement(name: string, { value, unit }: BandReading): Element | undefined {
  return value === undefined ? undefined : element(name, { uom: unit }, value);
}

/** Names as XML allows them in ASCII, each once. */
function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replaceAll(/[^\w.-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
    let chosen = plain;
    for (let n = 2; taken.has(chosen); n += 1) chosen = `${plain}_${n}`;
    taken.add(chosen);
    return chosen;
  });
}
