import assert from 'node:assert/strict';
import { type ConformanceTest, skip } from '../case.ts';
import { assertStatus } from '../request.ts';
import {
  askInfo,
  askMap,
  assertException,
  boxOf,
  inherited,
  namedLayers,
  type WmsLayer,
  type WmsService,
  wmsTest,
  wmsTests,
} from './service.ts';

const GROUP = 'getfeatureinfo';

/** GetFeatureInfo, and the dimension of time. */
export const featureInfoTests: readonly ConformanceTest[] = [
  wmsTest(GROUP, 'exceptions-default', async (service) =>
    assertException(await askInfo(service, { LAYERS: 'no-such-layer' }), 'LayerNotDefined'),
  ),
  wmsTest(GROUP, 'exceptions-xml', async (service) =>
    assertException(await askInfo(service, { LAYERS: 'no-such-layer', EXCEPTIONS: 'XML' }), 'LayerNotDefined'),
  ),
  wmsTest(GROUP, 'invalid-info_format', async (service) =>
    assertException(await askInfo(service, { INFO_FORMAT: 'text/bogus' }), 'InvalidFormat'),
  ),
  wmsTests(GROUP, 'each-info_format', (service) =>
    (service.formats.get('GetFeatureInfo') ?? []).map((format) => ({
      name: format,
      run: async () => {
        const answer = await askInfo(service, { INFO_FORMAT: format });
        assertStatus(answer, 200);
        assert.equal(answer.headers['content-type'], format);
      },
    })),
  ),
  ...[
    ['invalid-i', 'I'],
    ['invalid-j', 'J'],
  ].map(([method = '', name = '']) =>
    wmsTests(GROUP, method, (service) =>
      ['-1', '100000', 'x'].map((value) => ({
        name: `${name}=${value}`,
        run: async () => assertException(await askInfo(service, { [name]: value }), 'InvalidPoint'),
      })),
    ),
  ),
  ...[
    ['two-query_layers', 2],
    ['three-query_layers', 3],
  ].map(([method, count]) =>
    wmsTest(GROUP, String(method), async (service) => {
      const names = namedLayers(service)
        .slice(0, Number(count))
        .map(({ name }) => name);
      assertStatus(await askInfo(service, { LAYERS: names.join(',') }), 200);
    }),
  ),
  wmsTest(GROUP, 'less-query_layers', async (service) => {
    const names = namedLayers(service)
      .slice(0, 2)
      .map(({ name }) => name);
    assertStatus(await askInfo(service, { LAYERS: names.join(','), QUERY_LAYERS: names[1] }), 200);
  }),
  wmsTest(GROUP, 'invalid-query_layers', async (service) =>
    assertException(await askInfo(service, { QUERY_LAYERS: 'no-such-layer' }), 'LayerNotDefined'),
  ),
  wmsTest(GROUP, 'query_layers-not-queryable', async () => skip('every layer can be queried')),
  wmsTests(GROUP, 'each-queryable-layer', (service) =>
    namedLayers(service).map((layer) => ({
      name: layer.name,
      run: async () => {
        assert.match(layer.element.attributes['queryable'] ?? '', /^(1|true)$/);
        assertStatus(await askInfo(service, { LAYERS: layer.name, BBOX: boxOf(layer) }), 200);
      },
    })),
  ),
  wmsTest('queryable', 'feature_count-default', async (service) => {
    const one = await askInfo(service, timed(service, {}));
    assert.ok(one.body.equals((await askInfo(service, timed(service, { FEATURE_COUNT: '1' }))).body), 'the default is not 1');
  }),
  wmsTest('queryable', 'feature_count-1', async (service) => {
    const [one, two] = [
      await askInfo(service, timed(service, { FEATURE_COUNT: '1' })),
      await askInfo(service, timed(service, { FEATURE_COUNT: '2' })),
    ];
    assert.ok(two.body.length > one.body.length, 'two tell no more than one');
  }),
  ...timeTests(),
];

function timeTests(): readonly ConformanceTest[] {
  const shows = async (service: WmsService, words: Readonly<Record<string, string>>): Promise<void> => {
    const answer = await askMap(service, timed(service, words));
    assert.equal(answer.headers['content-type'], 'image/png', answer.body.toString('utf8').slice(0, 300));
  };
  return [
    wmsTests('time', 'time-each-instant', (service) =>
      instantsOf(timedLayer(service)).map((instant) => ({ name: instant, run: () => shows(service, { TIME: instant }) })),
    ),
    wmsTest('time', 'time-interval', async (service) => {
      const instants = instantsOf(timedLayer(service));
      await shows(service, { TIME: `${instants[0] ?? ''}/${instants.at(-1) ?? ''}` });
    }),
    wmsTest('time', 'time-current-instant', (service) => shows(service, { TIME: 'current' })),
    wmsTest('time', 'time-default', async (service) => {
      const answer = await askMap(service, timed(service, {}));
      assertStatus(answer, 200);
      assert.match(String(answer.headers['warning']), /^99 .*Default value used: time=/);
    }),
    wmsTest('time', 'time-missing-dim', async () => skip('every dimension has a default')),
    wmsTest('time', 'time-and-other-layer', async (service) => {
      const others = namedLayers(service).filter((layer) => inherited(layer, 'Dimension').length === 0);
      await shows(service, { LAYERS: `${timedLayer(service).name},${others[0]?.name ?? ''}`, TIME: 'current' });
    }),
    wmsTest('dimensions', 'missing-no-default', async () => skip('every dimension has a default')),
  ];
}

/** A request in the middle of the data of the layer with a time. */
function timed(service: WmsService, words: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const layer = timedLayer(service);
  const [west = 0, south = 0, east = 0] = boxOf(layer).split(',').map(Number);
  return { LAYERS: layer.name, BBOX: `${west},${south},${east},${south + (east - west) / 4}`, ...words };
}

function timedLayer(service: WmsService): WmsLayer & { readonly name: string } {
  const layer = namedLayers(service).find((one) => inherited(one, 'Dimension').some(({ attributes }) => attributes['name'] === 'time'));
  assert.ok(layer !== undefined, 'no layer has a time');
  return layer;
}

function instantsOf(layer: WmsLayer): readonly string[] {
  return inherited(layer, 'Dimension').flatMap(({ text }) => text.split(','));
}
