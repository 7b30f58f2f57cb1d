import assert from 'node:assert/strict';
import { type ConformanceTest, skip } from '../case.ts';
import { assertStatus, get } from '../request.ts';
import { childrenOf, descendantsOf, parseXml, textOfChild } from '../xml.ts';
import { ask, askInfo, askMap, assertException, inherited, namedLayers, type WmsService, wmsTest } from './service.ts';

const GROUP = 'getcapabilities';
const VALIDATED = 'validated by xmllint: test/http/classic-capabilities.test.ts';

/** Rules of all operations: parameters and versions. */
export const elementTests: readonly ConformanceTest[] = [
  wmsTest('basic_elements', 'extra-GetCapabilities-param', async (service) =>
    assertStatus(await capabilities(service, { BoGuS: 'ignored' }), 200),
  ),
  wmsTest('basic_elements', 'extra-GetMap-param', async (service) => assertStatus(await askMap(service, { BoGuS: 'ignored' }), 200)),
  wmsTest('basic_elements', 'extra-GetFeatureInfo-param', async (service) =>
    assertStatus(await askInfo(service, { BoGuS: 'ignored' }), 200),
  ),
  wmsTest('basic_elements', 'escaped-chars', async (service) => {
    const escaped = '%52equest=%47et%43apabilities&%53ervice=%57%4d%53';
    const answer = await get(`${service.addresses.get('GetCapabilities') ?? ''}${escaped}`, 'java');
    assert.equal(parseXml(answer.body.toString('utf8')).name, 'WMS_Capabilities');
  }),
  wmsTest('basic_elements', 'escaped-space', async (service) => {
    const answer = await get(
      `${service.addresses.get('GetMap') ?? ''}VERSION=1.3.0&REQUEST=GetMap&LAYERS=no+such&FORMAT=image/png&CRS=CRS:84&BBOX=0,0,1,1&WIDTH=1&HEIGHT=1`,
      'java',
    );
    assertException(answer, 'LayerNotDefined');
    assert.match(answer.body.toString('utf8'), /no such/);
  }),
  ...[
    ['negotiate-no-version', undefined],
    ['negotiate-basic_elements-version', '1.3.0'],
    ['negotiate-higher-version', '100.0.0'],
  ].map(([method = '', version]) =>
    wmsTest('basic_elements', method, async (service) => {
      const answer = await capabilities(service, { VeRsIoN: version });
      assert.equal(parseXml(answer.body.toString('utf8')).attributes['version'], '1.3.0');
    }),
  ),
  wmsTest('basic_elements', 'negotiate-lower-version', async (service) => {
    const document = parseXml((await capabilities(service, { VeRsIoN: '0.0.0' })).body.toString('utf8'));
    assert.equal(document.attributes['version'], '1.1.1');
  }),
];

/** GetCapabilities: formats, update sequences, and what the document says of layers. */
export const capabilityTests: readonly ConformanceTest[] = [
  wmsTest(GROUP, 'each-format', async (service) => {
    for (const format of service.formats.get('GetCapabilities') ?? []) {
      assert.equal((await capabilities(service, { FoRmAt: format })).headers['content-type'], format);
    }
  }),
  ...['no-format', 'invalid-format'].map((method) =>
    wmsTest(GROUP, method, async (service) => {
      const answer = await capabilities(service, { FoRmAt: method === 'no-format' ? undefined : 'application/bogus' });
      assert.equal(answer.headers['content-type'], 'text/xml');
    }),
  ),
  wmsTest(GROUP, 'updatesequence-ignored', async () => skip('an update sequence is advertised')),
  wmsTest(GROUP, 'updatesequence-current', async (service) =>
    assertException(await capabilities(service, { UpDaTeSeQuEnCe: sequenceOf(service) }), 'CurrentUpdateSequence'),
  ),
  wmsTest(GROUP, 'updatesequence-lower', async (service) => {
    const answer = await capabilities(service, { UpDaTeSeQuEnCe: String(Number(sequenceOf(service)) - 1) });
    assert.equal(parseXml(answer.body.toString('utf8')).name, 'WMS_Capabilities');
  }),
  wmsTest(GROUP, 'updatesequence-higher', async (service) => {
    assertException(await capabilities(service, { UpDaTeSeQuEnCe: String(Number(sequenceOf(service)) + 1) }), 'InvalidUpdateSequence');
  }),
  wmsTest(GROUP, 'normative-schema', async () => skip(VALIDATED)),
  wmsTest(GROUP, 'validate-using-schemaLocation', async () => skip(VALIDATED)),
  wmsTest(GROUP, 'capability-onlineresource', async ({ addresses }) => {
    for (const [operation, address] of addresses) assert.match(address, /^https?:.*[?&]$/, operation);
  }),
  wmsTest(GROUP, 'capability-xml-getcapabilities-format', async ({ formats }) =>
    assert.ok(formats.get('GetCapabilities')?.includes('text/xml')),
  ),
  wmsTest(GROUP, 'capability-xml-exception-format', async ({ document }) => {
    const formats = descendantsOf(document, 'Exception').flatMap((exception) => childrenOf(exception, 'Format').map(({ text }) => text));
    assert.ok(formats.includes('XML'), formats.join(', '));
  }),
  ...layerTests(),
  ...resourceTests(),
  ...dimensionTests(),
];

function layerTests(): readonly ConformanceTest[] {
  return [
    ...each('crs-present', 'CRS'),
    ...each('bbox-present', 'BoundingBox'),
    ...each('ex_geobbox-present', 'EX_GeographicBoundingBox'),
    wmsTest(GROUP, 'crs-auto2-declarations', async () => skip('no AUTO2 system is advertised')),
    wmsTest(GROUP, 'bbox-crs-advertised', async ({ layers }) => {
      for (const layer of layers) {
        const crs = new Set(inherited(layer, 'CRS').map(({ text }) => text));
        for (const { attributes } of childrenOf(layer.element, 'BoundingBox'))
          assert.ok(crs.has(attributes['CRS'] ?? ''), attributes['CRS']);
      }
    }),
    wmsTest(GROUP, 'bbox-distinct-crs', async ({ layers }) => {
      for (const { element } of layers)
        assertUnique(childrenOf(element, 'BoundingBox').flatMap(({ attributes }) => attributes['CRS'] ?? []));
    }),
    wmsTest(GROUP, 'crs-for-all-layers', async ({ layers }) => {
      const [root] = layers;
      assert.ok(root !== undefined && childrenOf(root.element, 'CRS').length > 0, 'the root layer has no CRS');
    }),
    wmsTest(GROUP, 'ex_geobbox-coordinates', async ({ document }) => {
      for (const box of descendantsOf(document, 'EX_GeographicBoundingBox')) {
        const [west, east, south, north] = box.children.map(({ text }) => Number(text));
        assert.ok(west !== undefined && east !== undefined && west < east, `west ${west}, east ${east}`);
        assert.ok(south !== undefined && north !== undefined && south < north, `south ${south}, north ${north}`);
      }
    }),
    wmsTest(GROUP, 'layer-extents', async ({ document }) => {
      for (const { attributes } of descendantsOf(document, 'BoundingBox')) {
        const [minx = 0, miny = 0, maxx = 0, maxy = 0] = ['minx', 'miny', 'maxx', 'maxy'].map((name) => Number(attributes[name]));
        assert.ok(minx < maxx && miny < maxy, JSON.stringify(attributes));
        const most = { 'CRS:84': [180, 90], 'EPSG:4326': [90, 180] }[attributes['CRS'] ?? ''];
        if (most !== undefined)
          assert.ok(Math.max(-minx, maxx) <= (most[0] ?? 0) && Math.max(-miny, maxy) <= (most[1] ?? 0), JSON.stringify(attributes));
      }
    }),
    wmsTest(GROUP, 'style-unique', async ({ layers }) => {
      for (const layer of layers) assertUnique(inherited(layer, 'Style').flatMap((style) => textOfChild(style, 'Name') ?? []));
    }),
  ];
}

function resourceTests(): readonly ConformanceTest[] {
  return [
    ...[
      ['logourls', 'LogoURL'],
      ['dataurls', 'DataURL'],
      ['featurelisturls', 'FeatureListURL'],
      ['metadataurls', 'MetadataURL'],
      ['style-legendurls', 'LegendURL'],
      ['style-stylesheeturls', 'StyleSheetURL'],
      ['style-styleurls', 'StyleURL'],
    ].map(([method = '', name = '']) =>
      wmsTest(GROUP, method, async ({ document }) => {
        const resources = descendantsOf(document, name);
        if (resources.length === 0) return skip(`there is no ${name}`);
        for (const resource of resources) {
          const answer = await get(descendantsOf(resource, 'OnlineResource')[0]?.attributes['href'] ?? '', 'java');
          assertStatus(answer, 200);
          assert.equal(answer.headers['content-type']?.split(';')[0], textOfChild(resource, 'Format'));
        }
        return undefined;
      }),
    ),
    wmsTest(GROUP, 'authorityurl-unique', async () => skip('there is no AuthorityURL')),
    wmsTest(GROUP, 'identifier-matches-authorityurl', async () => skip('there is no Identifier')),
  ];
}

function dimensionTests(): readonly ConformanceTest[] {
  return [
    wmsTest(GROUP, 'dims-time', async ({ document }) => {
      const times = descendantsOf(document, 'Dimension').filter(({ attributes }) => attributes['name'] === 'time');
      assert.notEqual(times.length, 0, 'no layer has a time');
      for (const { attributes } of times) assert.equal(attributes['units'], 'ISO8601');
    }),
    wmsTest(GROUP, 'dims-elevation-crs88', async () => skip('no layer has elevations')),
    wmsTest(GROUP, 'dims-no-redeclarations', async ({ layers }) => {
      for (const layer of layers) assertUnique(inherited(layer, 'Dimension').flatMap(({ attributes }) => attributes['name'] ?? []));
    }),
    wmsTest('recommendations', 'dims-no-whitespace', async ({ document }) => {
      for (const { text } of descendantsOf(document, 'Dimension')) assert.doesNotMatch(text, /\s/);
    }),
    wmsTest('recommendations', 'dims-defaults', async ({ document }) => {
      for (const { attributes } of descendantsOf(document, 'Dimension')) assert.ok(attributes['default'], 'a dimension has no default');
    }),
    wmsTest('recommendations', 'service-keywords', async ({ document }) =>
      assert.ok(descendantsOf(document, 'Service').some((service) => descendantsOf(service, 'Keyword').length > 0)),
    ),
    wmsTest('recommendations', 'service-contact-info', async ({ document }) => {
      const [contact] = descendantsOf(document, 'ContactInformation');
      const ways = ['ContactAddress', 'ContactVoiceTelephone', 'ContactElectronicMailAddress'];
      assert.ok(
        contact !== undefined && ways.some((name) => childrenOf(contact, name).some(({ text }) => text !== '')),
        'no way to get in contact',
      );
    }),
    wmsTest('recommendations', 'png-getmap-format', async ({ formats }) => assert.ok(formats.get('GetMap')?.includes('image/png'))),
    ...each('layer-abstracts', 'Abstract', 'recommendations'),
    ...each('layer-keywordlists', 'KeywordList', 'recommendations'),
    ...each('metadataurls', 'MetadataURL', 'recommendations'),
    wmsTest('recommendations', 'layer-crs', async (service) => {
      for (const layer of namedLayers(service))
        assert.ok(
          inherited(layer, 'CRS').some(({ text }) => text === 'CRS:84' || text === 'EPSG:4326'),
          layer.name,
        );
    }),
  ];
}

/** Every named layer has something of a kind, its own or inherited. */
function each(method: string, name: string, group = GROUP): readonly ConformanceTest[] {
  return [
    wmsTest(group, method, async (service) => {
      for (const layer of namedLayers(service)) assert.notEqual(inherited(layer, name).length, 0, `layer ${layer.name} has no ${name}`);
    }),
  ];
}

function capabilities(service: WmsService, words: Readonly<Record<string, string | undefined>> = {}): ReturnType<typeof ask> {
  return ask(service, 'GetCapabilities', { ReQuEsT: 'GetCapabilities', SeRvIcE: 'WMS', ...words });
}

function sequenceOf({ document }: WmsService): string {
  return document.attributes['updateSequence'] ?? '';
}

function assertUnique(values: readonly string[]): void {
  assert.deepEqual(
    values.filter((value, i) => values.indexOf(value) !== i),
    [],
  );
}
