import assert from 'node:assert/strict';
import sharp from 'sharp';
import { type ConformanceTest, skip } from '../case.ts';
import type { Answer } from '../request.ts';
import { textOfChild } from '../xml.ts';
import { askMap, assertException, boxOf, inherited, namedLayers, type WmsLayer, type WmsService, wmsTest, wmsTests } from './service.ts';

const GROUP = 'getmap';
/** So many CRSs of each layer are tried. */
const MAX_CRS = 10;

interface Image {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** Red, green, blue and alpha of every pixel. */
  readonly data: Uint8Array;
}

/** GetMap: boxes, CRSs, exceptions, formats, layers, styles, transparency and size. */
export const mapTests: readonly ConformanceTest[] = [
  ...boxTests(),
  ...crsTests(),
  ...exceptionTests(),
  ...layerTests(),
  ...styleTests(),
  ...pictureTests(),
];

function boxTests(): readonly ConformanceTest[] {
  return [
    ...['bbox-direct', 'bbox-inherited'].map((method) =>
      wmsTests(GROUP, method, (service) =>
        namedLayers(service).map((layer) => ({
          name: layer.name,
          run: async () => void (await image(await askMap(service, { layers: layer.name, bbox: boxOf(layer) }))),
        })),
      ),
    ),
    ...['bbox-below-scale', 'bbox-above-scale'].map((method) => wmsTest(GROUP, method, async () => skip('no layer has a scale range'))),
    ...[
      ['bbox-minx-gt-maxx', '10,0,0,10'],
      ['bbox-minx-eq-maxx', '10,0,10,10'],
      ['bbox-miny-gt-maxy', '0,10,10,0'],
      ['bbox-miny-eq-maxy', '0,10,10,10'],
    ].map(([method = '', bbox]) => wmsTest(GROUP, method, async (service) => assertException(await askMap(service, { bbox }), undefined))),
    wmsTest(GROUP, 'bbox-no-overlap', async (service) => {
      const layer = namedLayers(service).find((one) => boxOf(one) !== '-180,-90,180,90');
      assert.ok(layer !== undefined, 'every layer covers the world');
      assert.ok(isOnly(await image(await askMap(service, { layers: layer.name, bbox: '-10,-80,-9,-79' })), [255, 255, 255, 255]));
    }),
    wmsTest(GROUP, 'bbox-outside-crs', async (service) => {
      assert.ok(isOnly(await image(await askMap(service, { bbox: '1000,1000,1100,1100' })), [255, 255, 255, 255]));
    }),
    wmsTest('basic', 'bbox-exponential', async (service) => {
      const plain = await askMap(service, { bbox: '-5,-2.5,5,2.5' });
      assert.ok((await askMap(service, { bbox: '-.5E1,-25E-1,+05,.00025E+4' })).body.equals(plain.body), 'the map is another');
    }),
  ];
}

function crsTests(): readonly ConformanceTest[] {
  const pairs = (service: WmsService): readonly { readonly layer: WmsLayer & { readonly name: string }; readonly crs: string }[] =>
    namedLayers(service).flatMap((layer) =>
      [...new Set(inherited(layer, 'CRS').map(({ text }) => text))].slice(0, MAX_CRS).map((crs) => ({ layer, crs })),
    );
  return [
    ...['crs-direct', 'crs-inherited', 'each-crs', 'each-layer-crs-combination'].map((method) =>
      wmsTests(GROUP, method, (service) =>
        pairs(service).map(({ layer, crs }) => ({
          name: `${layer.name} in ${crs}`,
          run: async () => {
            const box = inherited(layer, 'BoundingBox').find(({ attributes }) => attributes['CRS'] === crs);
            const words = { layers: layer.name, crs, bbox: box === undefined ? '1000000,1000000,4000000,4000000' : boxOf(layer, crs) };
            await image(await askMap(service, words));
          },
        })),
      ),
    ),
    wmsTest(GROUP, 'invalid-crs', async (service) => assertException(await askMap(service, { crs: 'EPSG:999999' }), 'InvalidCRS')),
  ];
}

function exceptionTests(): readonly ConformanceTest[] {
  const bad = { layers: 'no-such-layer' };
  return [
    wmsTest(GROUP, 'exceptions-default', async (service) => assertException(await askMap(service, bad), 'LayerNotDefined')),
    wmsTest(GROUP, 'exceptions-xml', async (service) =>
      assertException(await askMap(service, { ...bad, EXCEPTIONS: 'XML' }), 'LayerNotDefined'),
    ),
    ...[
      ['exceptions-inimage-mime', 'INIMAGE'],
      ['exceptions-blank-mime', 'BLANK'],
    ].map(([method = '', exceptions]) =>
      wmsTests(GROUP, method, (service) =>
        (service.formats.get('GetMap') ?? []).map((format) => ({
          name: format,
          run: async () => {
            const answer = await askMap(service, { ...bad, format, EXCEPTIONS: exceptions });
            assert.equal(answer.headers['content-type'], format);
            await image(answer);
          },
        })),
      ),
    ),
    wmsTest(GROUP, 'exceptions-blank-red', async (service) => {
      assert.ok(isOnly(await image(await askMap(service, { ...bad, EXCEPTIONS: 'BLANK', BGCOLOR: '0xFF0000' })), [255, 0, 0, 255]));
    }),
    wmsTest(GROUP, 'exceptions-blank-transparent', async (service) => {
      const { data } = await image(await askMap(service, { ...bad, EXCEPTIONS: 'BLANK', TRANSPARENT: 'TRUE' }));
      assert.ok(
        data.every((value, i) => i % 4 !== 3 || value === 0),
        'a pixel is not transparent',
      );
    }),
    wmsTest(GROUP, 'no-version', async (service) => assertException(await askMap(service, { version: undefined }), undefined)),
  ];
}

function layerTests(): readonly ConformanceTest[] {
  const names = (service: WmsService): readonly string[] => namedLayers(service).map(({ name }) => name);
  return [
    wmsTest(
      GROUP,
      'two-layers',
      async (service) => void (await image(await askMap(service, { layers: names(service).slice(0, 2).join(',') }))),
    ),
    wmsTest(
      GROUP,
      'three-layers',
      async (service) => void (await image(await askMap(service, { layers: names(service).slice(0, 3).join(',') }))),
    ),
    wmsTest(GROUP, 'invalid-layer', async (service) =>
      assertException(await askMap(service, { layers: 'no-such-layer' }), 'LayerNotDefined'),
    ),
    wmsTest(GROUP, 'first-layer-invalid', async (service) =>
      assertException(await askMap(service, { layers: `no-such-layer,${names(service)[0] ?? ''}` }), 'LayerNotDefined'),
    ),
    wmsTest(GROUP, 'second-layer-invalid', async (service) =>
      assertException(await askMap(service, { layers: `${names(service)[0] ?? ''},no-such-layer` }), 'LayerNotDefined'),
    ),
    wmsTests(GROUP, 'each-layer', (service) =>
      namedLayers(service).map((layer) => ({
        name: layer.name,
        run: async () => void (await image(await askMap(service, { layers: layer.name, bbox: boxOf(layer) }))),
      })),
    ),
    wmsTest(GROUP, 'layerlimit', async (service) => {
      const limit = Number(textOfChild(service.document.children.find(({ name }) => name === 'Service') ?? service.document, 'LayerLimit'));
      const [name = ''] = names(service);
      const list = (count: number): string => Array.from({ length: count }, () => name).join(',');
      await image(await askMap(service, { layers: list(limit), width: '8', height: '4' }));
      assertException(await askMap(service, { layers: list(limit + 1) }), undefined);
    }),
  ];
}

function styleTests(): readonly ConformanceTest[] {
  const pair = (service: WmsService): string =>
    namedLayers(service)
      .slice(0, 2)
      .map(({ name }) => name)
      .join(',');
  const shown = (method: string, layers: (service: WmsService) => string | undefined, styles: string): ConformanceTest =>
    wmsTest(
      GROUP,
      method,
      async (service) =>
        void (await image(await askMap(service, { ...(layers(service) === undefined ? {} : { layers: layers(service) }), styles }))),
    );
  const refused = (method: string, layers: (service: WmsService) => string | undefined, styles: string): ConformanceTest =>
    wmsTest(GROUP, method, async (service) => {
      assertException(
        await askMap(service, { ...(layers(service) === undefined ? {} : { layers: layers(service) }), styles }),
        'StyleNotDefined',
      );
    });
  const one = (): undefined => undefined;
  return [
    ...['each-style', 'styles-direct', 'styles-inherited'].map((method) =>
      wmsTests(GROUP, method, (service) =>
        namedLayers(service).flatMap((layer) =>
          inherited(layer, 'Style').map((style) => {
            const name = textOfChild(style, 'Name') ?? '';
            return {
              name: `${layer.name} as ${name}`,
              run: async () => void (await image(await askMap(service, { layers: layer.name, bbox: boxOf(layer), styles: name }))),
            };
          }),
        ),
      ),
    ),
    shown('two-styles', pair, 'default,default'),
    shown(
      'three-styles',
      (service) =>
        namedLayers(service)
          .slice(0, 3)
          .map(({ name }) => name)
          .join(','),
      'default,default,default',
    ),
    refused('invalid-style', one, 'no-such-style'),
    shown('styles-default-single-layer', one, ''),
    shown('styles-default-multiple-layers', pair, ''),
    shown('styles-default-commas', pair, ','),
    shown('styles-some-default', pair, 'default,'),
    refused('first-style-invalid', pair, 'no-such-style,'),
    refused('second-style-invalid', pair, ',no-such-style'),
  ];
}

function pictureTests(): readonly ConformanceTest[] {
  const empty = { bbox: '-10,-80,-9,-79' };
  const small = (service: WmsService): string => namedLayers(service).find((one) => boxOf(one) !== '-180,-90,180,90')?.name ?? '';
  return [
    wmsTest(GROUP, 'invalid-format', async (service) => assertException(await askMap(service, { format: 'image/bogus' }), 'InvalidFormat')),
    wmsTests(GROUP, 'each-format', (service) =>
      (service.formats.get('GetMap') ?? []).map((format) => ({
        name: format,
        run: async () => {
          const answer = await askMap(service, { format });
          assert.equal(answer.headers['content-type'], format);
          assert.equal(`image/${(await image(answer)).format}`.replace('heif', 'avif'), format);
        },
      })),
    ),
    wmsTest('basic', 'gif-or-png', async ({ formats }) =>
      assert.ok(formats.get('GetMap')?.some((format) => format === 'image/png' || format === 'image/gif')),
    ),
    ...[
      ['transparent-default', undefined],
      ['transparent-false', 'FALSE'],
    ].map(([method = '', transparent]) =>
      wmsTest(GROUP, method, async (service) => {
        const { data } = await image(await askMap(service, { ...empty, layers: small(service), TRANSPARENT: transparent }));
        assert.ok(
          data.every((value, i) => i % 4 !== 3 || value === 255),
          'a pixel is transparent',
        );
      }),
    ),
    wmsTest(GROUP, 'transparent-opaque-layer', async () => skip('no layer is called opaque')),
    wmsTest('basic', 'transparent-true', async (service) => {
      const { data } = await image(await askMap(service, { ...empty, layers: small(service), TRANSPARENT: 'TRUE' }));
      assert.ok(
        data.some((value, i) => i % 4 === 3 && value === 0),
        'no pixel is transparent',
      );
    }),
    wmsTest('basic', 'no-bgcolor', async (service) =>
      assert.ok(isOnly(await image(await askMap(service, { ...empty, layers: small(service) })), [255, 255, 255, 255])),
    ),
    wmsTest('basic', 'blue-bgcolor', async (service) => {
      assert.ok(isOnly(await image(await askMap(service, { ...empty, layers: small(service), BGCOLOR: '0x0000FF' })), [0, 0, 255, 255]));
    }),
    ...[
      ['small-size', 8, 5],
      ['large-size', 1024, 768],
    ].map(([method, width, height]) =>
      wmsTest(GROUP, String(method), async (service) => {
        const found = await image(await askMap(service, { width: String(width), height: String(height) }));
        assert.deepEqual([found.width, found.height], [width, height]);
      }),
    ),
  ];
}

/** Fails unless an answer is a picture. */
async function image(answer: Answer): Promise<Image> {
  assert.match(answer.headers['content-type'] ?? '', /^image\//, answer.body.toString('utf8').slice(0, 300));
  const { format } = await sharp(answer.body).metadata();
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, format: format ?? '', data };
}

function isOnly({ data }: Image, color: readonly number[]): boolean {
  return data.every((value, i) => value === color[i % 4]);
}
