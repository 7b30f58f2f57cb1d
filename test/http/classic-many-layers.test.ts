import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram, withProgram } from '../clients/program.ts';
import { ogcSchemas, validateXml } from '../support/xml.ts';
import { startClassicService, textOf, type ClassicService } from './classic/service.ts';

// So many layers that each of them is described briefly.

const COUNT = 160;
const SQL = `do $$ begin for n in 1..${COUNT} loop
    execute format('create table many_%s (rid integer primary key, rast raster not null)', n);
    execute format('insert into many_%s values (1, st_addband(st_makeemptyraster(8, 8, 9, 51, 0.25, -0.25, 0, 0, 4326), ''8BUI''::text, 7, null))', n);
    execute format('create index on many_%s using gist (st_convexhull(rast))', n);
  end loop; end $$;
  grant select on all tables in schema public to public; analyze`;

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService({ sql: SQL });
}, 60_000);

afterAll(async () => {
  await service?.close();
});

const capabilities = async (query = ''): Promise<string> => textOf(await service.get(`/wmts?service=WMTS&request=GetCapabilities${query}`));

test('each has its default style, its sets without limits and one address of each kind; the rest answers all the same', async () => {
  const text = await capabilities();
  const layer = text.split('<Layer>').find((part) => part.includes('<ows:Identifier>many_7</ows:Identifier>')) ?? '';
  expect(layer.match(/<Style /g)).toHaveLength(1);
  expect(layer.match(/<ResourceURL /g)).toHaveLength(2);
  expect(layer.match(/<TileMatrixSetLink>/g)).toHaveLength(2);
  expect(layer.match(/<InfoFormat>/g)?.length).toBeGreaterThan(5);
  expect(layer).not.toContain('<TileMatrixSetLimits>');
  expect(Buffer.byteLength(text) / text.split('<Layer>').length).toBeLessThan(2200);
  for (const target of ['/wmts/many_7/viridis/WorldCRS84Quad/7/28/135.png', '/wmts/many_7/default/WorldCRS84Quad/7/28/135/0/9.gml'])
    expect((await service.get(target)).status, target).toBe(200);
});

test('sets that are named are listed for each, once', async () => {
  expect((await capabilities('&TileMatrixSets=all')).match(/<TileMatrixSetLink>/g)?.length).toBeGreaterThan(60 * COUNT);
  const twice = await service.get('/wmts?service=WMTS&request=GetCapabilities&TileMatrixSets=WebMercatorQuad,WebMercatorQuad');
  expect(textOf(twice).match(/<ows:Identifier>WebMercatorQuad</g)).toHaveLength(1);
});

withProgram({ name: 'xmllint', path: findProgram('xmllint'), install: 'apt-get install libxml2-utils' }, (xmllint) => {
  test.skipIf(ogcSchemas === undefined)('the brief document is valid', async () => {
    expect(await validateXml(xmllint, await capabilities(), 'wmts')).toBe('');
  });
});
