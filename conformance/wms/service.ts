import assert from 'node:assert/strict';
import type { Case, ConformanceTest, Skip } from '../case.ts';
import { type Answer, assertStatus, get, type Query } from '../request.ts';
import type { Session } from '../session.ts';
import { childOf, childrenOf, descendantsOf, parseXml, textOfChild, type XmlElement } from '../xml.ts';

/** What the capabilities of the map service say, read once a run. */
export interface WmsService {
  readonly document: XmlElement;
  /** By the names of operations: the address to which a query is appended. */
  readonly addresses: ReadonlyMap<string, string>;
  /** By the names of operations. */
  readonly formats: ReadonlyMap<string, readonly string[]>;
  /** Every layer, named or not, with what it has itself and from those above it. */
  readonly layers: readonly WmsLayer[];
}

/** A layer, and the layers above it from the innermost outwards. */
export interface WmsLayer {
  readonly element: XmlElement;
  readonly above: readonly XmlElement[];
  readonly name: string | undefined;
}

const known = new WeakMap<Session, Promise<WmsService>>();

/** The service behind `/wms`. */
export function wmsOf(session: Session): Promise<WmsService> {
  const found = known.get(session) ?? read(session);
  known.set(session, found);
  return found;
}

async function read(session: Session): Promise<WmsService> {
  const answer = await get(`${session.base}/wms?service=WMS&request=GetCapabilities&version=1.3.0`, 'java');
  assertStatus(answer, 200);
  const document = parseXml(answer.body.toString('utf8'));
  const capability = childOf(document, 'Capability');
  const operations = childOf(capability, 'Request').children;
  return {
    document,
    addresses: new Map(
      operations.map((operation) => [operation.name, descendantsOf(operation, 'OnlineResource')[0]?.attributes['href'] ?? '']),
    ),
    formats: new Map(operations.map((operation) => [operation.name, childrenOf(operation, 'Format').map(({ text }) => text)])),
    layers: layersOf(childOf(capability, 'Layer'), []),
  };
}

function layersOf(element: XmlElement, above: readonly XmlElement[]): readonly WmsLayer[] {
  const inner = childrenOf(element, 'Layer').flatMap((child) => layersOf(child, [element, ...above]));
  return [{ element, above, name: textOfChild(element, 'Name') }, ...inner];
}

/** Layers that can be asked for. */
export function namedLayers({ layers }: WmsService): readonly (WmsLayer & { readonly name: string })[] {
  return layers.flatMap((layer) => (layer.name === undefined ? [] : [{ ...layer, name: layer.name }]));
}

/** What a layer has of a kind, its own and inherited. */
export function inherited({ element, above }: WmsLayer, name: string): readonly XmlElement[] {
  return [element, ...above].flatMap((one) => childrenOf(one, name));
}

/** A box of a layer as a request writes it: that of a CRS, else the first. */
export function boxOf(layer: WmsLayer, crs = 'CRS:84'): string {
  const box = inherited(layer, 'BoundingBox').find(({ attributes }) => attributes['CRS'] === crs);
  assert.ok(box !== undefined, `layer ${String(layer.name)} has no box in ${crs}`);
  const { minx, miny, maxx, maxy } = box.attributes;
  return [minx, miny, maxx, maxy].join(',');
}

/** GetMap of the first layer, with some words changed; `undefined` leaves a word out. */
export function askMap(service: WmsService, words: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> {
  const [layer] = namedLayers(service);
  assert.ok(layer !== undefined, 'there is no named layer');
  const map = {
    VeRsIoN: '1.3.0',
    ReQuEsT: 'GetMap',
    LaYeRs: layer.name,
    StYlEs: '',
    CrS: 'CRS:84',
    BbOx: boxOf(layer),
    WiDtH: '100',
    HeIgHt: '50',
    FoRmAt: 'image/png',
  };
  return ask(service, 'GetMap', { ...map, ...spelled(map, words) });
}

/** GetFeatureInfo of the first layer in the middle of its map. */
export function askInfo(service: WmsService, words: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> {
  const [layer] = namedLayers(service);
  assert.ok(layer !== undefined, 'there is no named layer');
  const map = {
    VERSION: '1.3.0',
    REQUEST: 'GetFeatureInfo',
    LAYERS: layer.name,
    STYLES: '',
    CRS: 'CRS:84',
    BBOX: boxOf(layer),
    WIDTH: '100',
    HEIGHT: '50',
    FORMAT: 'image/png',
  };
  const info = {
    ...map,
    QUERY_LAYERS: words['LAYERS'] ?? layer.name,
    INFO_FORMAT: service.formats.get('GetFeatureInfo')?.[0] ?? '',
    I: '50',
    J: '25',
  };
  return ask(service, 'GetFeatureInfo', { ...info, ...words });
}

/** Any operation, its words in the order in which they stand. */
export function ask(service: WmsService, operation: string, words: Readonly<Record<string, string | undefined>>): Promise<Answer> {
  const address = service.addresses.get(operation);
  assert.ok(address !== undefined, `there is no operation ${operation}`);
  const query: Query = Object.fromEntries(Object.entries(words).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return get(address, 'java', query);
}

/** Fails unless an answer is an exception with this code; `undefined`: any. */
export function assertException(answer: Answer, code: string | undefined): void {
  assert.equal(answer.headers['content-type'], 'text/xml');
  const report = parseXml(answer.body.toString('utf8'));
  assert.deepEqual([report.name, report.attributes['version']], ['ServiceExceptionReport', '1.3.0']);
  const codes = childrenOf(report, 'ServiceException').map(({ attributes }) => attributes['code']);
  assert.ok(codes.length > 0, 'the report has no exception');
  if (code !== undefined) assert.ok(codes.includes(code), `the codes are ${codes.join(', ')}, expected ${code}`);
}

/** A test with a single case. */
export function wmsTest(group: string, method: string, run: (service: WmsService) => Promise<Skip | void>): ConformanceTest {
  return wmsTests(group, method, (service) => [{ name: method, run: () => run(service) }]);
}

/** A test with cases that depend on the capabilities. */
export function wmsTests(group: string, method: string, cases: (service: WmsService) => readonly Case[]): ConformanceTest {
  return { suite: 'wms13', group, method, clause: 'OGC 06-042', cases: async (session) => cases(await wmsOf(session)) };
}

/** Words under the spelling that the request has. */
function spelled(
  map: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [Object.keys(map).find((own) => own.toLowerCase() === name.toLowerCase()) ?? name, value]),
  );
}
