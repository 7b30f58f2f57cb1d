import assert from 'node:assert/strict';
import sharp from 'sharp';
import { type ConformanceTest, skip, type Skip } from '../case.ts';
import { type Answer, assertStatus, get, type Query } from '../request.ts';
import type { Session } from '../session.ts';
import { childrenOf, descendantsOf, parseXml, textOfChild, type XmlElement } from '../xml.ts';
import { assertReport } from './binding.ts';
import { type WmtsService, wmtsOf } from './service.ts';

const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata', 'Contents', 'Themes'] as const;
const GOOGLE = 'urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible';
/** The scale of the first matrix of GoogleMapsCompatible (OGC 07-057r7 annex E.4); each is half the one before. */
const GOOGLE_SCALE = 559082264.0287178;

/** GetCapabilities: what is asked for, and what the document says. */
export const capabilitiesTests: readonly ConformanceTest[] = [
  request('Mandatory', async (service) => assertSections(await ask(service), SECTIONS)),
  request('NoService', async (service) => {
    assertReport(await get(service.addresses.get('GetCapabilities') ?? '', 'java', { request: 'GetCapabilities' }), {
      status: 400,
      code: 'MissingParameterValue',
      locator: 'service',
    });
  }),
  request('InvalidService', async (service) => {
    assertReport(await ask(service, { service: 'BOGUS' }), { status: 400, code: 'InvalidParameterValue', locator: 'service' });
  }),
  request('AcceptVersions.Valid', async (service) => {
    const document = parse(await ask(service, { AcceptVersions: '9.9.9,1.0.0' }));
    assert.equal(document.attributes['version'], '1.0.0');
  }),
  request('AcceptVersions.Invalid', async (service) => {
    assertReport(await ask(service, { AcceptVersions: '9.9.9' }), { status: 400, code: 'VersionNegotiationFailed' });
  }),
  request('CaseInsensitive.KVP.Names', sameForEveryCase),
  ...SECTIONS.map((section) =>
    request(`Sections.${section}`, async (service) => assertSections(await ask(service, { Sections: section }), [section])),
  ),
  request('Sections.All', async (service) => assertSections(await ask(service, { Sections: 'All' }), SECTIONS)),
  request('Sections.Multiple', async (service) => {
    assertSections(await ask(service, { Sections: 'ServiceIdentification,Contents' }), ['ServiceIdentification', 'Contents']);
  }),
  request('Sections.Invalid', async (service) => {
    assertReport(await ask(service, { Sections: 'BOGUS' }), { status: 400, code: 'InvalidParameterValue', locator: 'Sections' });
  }),
  request('Sections.Missing', async (service) => {
    assertReport(await ask(service, { Sections: '' }), { status: 400, code: 'MissingParameterValue', locator: 'Sections' });
  }),
  request('UpdateSequence', updateSequence),
  request('AcceptFormats', async (service) => {
    for (const [format, type] of [
      ['text/xml', 'text/xml'],
      ['application/xml', 'application/xml'],
      ['bogus/xml', 'application/xml'],
    ] as const) {
      assert.equal((await ask(service, { AcceptFormats: format })).headers['content-type'], type);
    }
  }),
  ...responseTests(),
  {
    suite: 'wmts10',
    group: 'Server.RESTful.GetCapabilities.Request',
    method: 'Mandatory',
    clause: 'OGC 07-057r7 §10.2.1',
    cases: single(async (service) => assertSections(await get(service.metadataUrl, 'java'), SECTIONS)),
  },
];

function responseTests(): readonly ConformanceTest[] {
  return [
    response('XML.Well.Formed', async ({ text }) => void parseXml(text)),
    response('SchemaReferenced', async ({ document }) => {
      assert.match(
        document.attributes['schemaLocation'] ?? '',
        /^http:\/\/www\.opengis\.net\/wmts\/1\.0 http:\/\/schemas\.opengis\.net\/wmts\/1\.0\//,
      );
    }),
    response('SchemaValid', async () => skip('validated by xmllint: test/http/classic-capabilities.test.ts')),
    response('AdvertisedFormat', async (service) => assert.equal((await ask(service)).headers['content-type'], 'application/xml')),
    response('OnlineResource', async ({ addresses }) => {
      for (const operation of ['GetCapabilities', 'GetTile', 'GetFeatureInfo']) assert.match(addresses.get(operation) ?? '', /[?&]$/);
    }),
    response('Encoding.Constraint', async ({ document }) => {
      for (const operation of descendantsOf(document, 'Get')) {
        const constraint = childrenOf(operation, 'Constraint').find(({ attributes }) => attributes['name'] === 'GetEncoding');
        assert.deepEqual(
          descendantsOf(constraint ?? operation, 'Value').map(({ text }) => text),
          ['KVP'],
        );
      }
    }),
    response('Layer.Identifiers.Unique', async ({ layers }) => assertUnique(layers.map(({ id }) => id))),
    ...legendTests(),
    response('Layer.TileMatrixSet.Valid', async ({ layers, sets }) => {
      for (const { set } of layers.flatMap(({ links }) => links)) assert.ok(sets.has(set), `there is no set ${set}`);
    }),
    response('TileMatrixSet.Identifiers.Unique', async ({ document }) => {
      assertUnique(descendantsOf(document, 'TileMatrixSet').flatMap((set) => textOfChild(set, 'Identifier') ?? []));
    }),
    response('TileMatrix.Identifiers.Unique', async ({ sets }) => {
      for (const matrices of sets.values()) assertUnique(matrices.map(({ id }) => id));
    }),
    response('TileMatrixSet.ScaleDenominators.Unique', async ({ sets }) => {
      for (const matrices of sets.values()) assertUnique(matrices.map(({ scale }) => String(scale)));
    }),
    response('TileMatrixSet.WellKnownScaleSet', wellKnownScales),
    response('Theme.LayerRef.Valid', async ({ document, layers }) => {
      const references = descendantsOf(document, 'LayerRef').map(({ text }) => text);
      assert.notEqual(references.length, 0, 'no theme refers to a layer');
      for (const reference of references)
        assert.ok(
          layers.some(({ id }) => id === reference),
          `there is no layer ${reference}`,
        );
    }),
  ];
}

function legendTests(): readonly ConformanceTest[] {
  return ['Resource', 'Format', 'Size'].map((what) =>
    response(`Layer.LegendURL.Correct.${what}`, async ({ layers }) => {
      const legends = layers.flatMap(({ element }) => descendantsOf(element, 'LegendURL').map(({ attributes }) => attributes));
      assert.notEqual(legends.length, 0, 'no style has a legend');
      if (what === 'Size' && legends.every(({ width, height }) => width === undefined && height === undefined))
        return skip('no legend tells its size');
      for (const { href = '', format = '', width, height } of legends) {
        const answer = await get(href, 'java');
        assertStatus(answer, 200);
        assert.equal(answer.headers['content-type'], format);
        const found = await sharp(answer.body).metadata();
        if (width !== undefined) assert.deepEqual([String(found.width), String(found.height)], [width, height]);
      }
      return undefined;
    }),
  );
}

async function sameForEveryCase(service: WmtsService): Promise<void> {
  const plain = await ask(service);
  const address = service.addresses.get('GetCapabilities') ?? '';
  for (const query of [
    { REQUEST: 'GetCapabilities', SERVICE: 'WMTS', ACCEPTVERSIONS: '1.0.0' },
    { ReQuEsT: 'GetCapabilities', acceptversions: '1.0.0', sErViCe: 'WMTS' },
    { acceptVersions: '1.0.0', request: 'GetCapabilities', service: 'WMTS' },
  ]) {
    assert.ok((await get(address, 'java', query)).body.equals(plain.body), `${Object.keys(query).join(', ')} give another document`);
  }
}

async function updateSequence(service: WmtsService): Promise<void> {
  const current = Number(service.document.attributes['updateSequence']);
  assert.ok(Number.isInteger(current), 'the update sequence is no integer');
  const same = parse(await ask(service, { updateSequence: current }));
  assert.deepEqual([same.children.length, same.attributes['updateSequence']], [0, String(current)]);
  assert.notEqual(parse(await ask(service, { updateSequence: current - 1 })).children.length, 0);
  assertReport(await ask(service, { updateSequence: current + 1 }), { status: 400, code: 'InvalidUpdateSequence' });
}

async function wellKnownScales({ document, sets }: WmtsService): Promise<void> {
  const named = descendantsOf(document, 'TileMatrixSet').filter((set) => textOfChild(set, 'WellKnownScaleSet') !== undefined);
  assert.notEqual(named.length, 0, 'no set is well known');
  for (const set of named) {
    assert.equal(textOfChild(set, 'WellKnownScaleSet'), GOOGLE);
    assert.equal(textOfChild(set, 'SupportedCRS'), 'urn:ogc:def:crs:EPSG:6.18:3:3857');
    const scales = sets.get(textOfChild(set, 'Identifier') ?? '') ?? [];
    for (const [i, { scale }] of scales.slice(0, 19).entries())
      assert.ok(Math.abs(scale - GOOGLE_SCALE / 2 ** i) < 1e-6, `scale ${i} is ${scale}`);
  }
}

function ask(service: WmtsService, query: Query = {}): Promise<Answer> {
  const words = { service: 'WMTS', request: 'GetCapabilities', ...query };
  return get(service.addresses.get('GetCapabilities') ?? '', 'java', words);
}

function parse(answer: Answer): XmlElement {
  assertStatus(answer, 200);
  const document = parseXml(answer.body.toString('utf8'));
  assert.equal(document.name, 'Capabilities');
  return document;
}

function assertSections(answer: Answer, sections: readonly string[]): void {
  const found = parse(answer).children.map(({ name }) => name);
  assert.deepEqual(
    SECTIONS.filter((section) => found.includes(section)),
    SECTIONS.filter((section) => sections.includes(section)),
  );
}

function assertUnique(values: readonly string[]): void {
  assert.deepEqual(
    values.filter((value, i) => values.indexOf(value) !== i),
    [],
  );
}

function request(method: string, run: (service: WmtsService) => Promise<Skip | void>): ConformanceTest {
  return { suite: 'wmts10', group: 'Server.KVP.GET.GetCapabilities.Request', method, clause: 'OGC 07-057r7 §7.1', cases: single(run) };
}

function response(method: string, run: (service: WmtsService) => Promise<Skip | void>): ConformanceTest {
  return { suite: 'wmts10', group: 'Server.KVP.GET.GetCapabilities.Response', method, clause: 'OGC 07-057r7 §7.1.1', cases: single(run) };
}

function single(run: (service: WmtsService) => Promise<Skip | void>): ConformanceTest['cases'] {
  return async (session: Session) => {
    const service = await wmtsOf(session);
    return [{ name: 'capabilities', run: () => run(service) }];
  };
}
