import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram, withProgram } from '../clients/program.ts';
import { eventually } from '../support/eventually.ts';
import { ogcSchemas, validateXml, type XmlSchema } from '../support/xml.ts';
import type { WireAnswer } from './bad-inputs/wire.ts';
import { startClassicService, textOf, type ClassicService } from './classic/service.ts';

const OPERATIONS: readonly (readonly [what: string, target: string, schema: XmlSchema])[] = [
  ['the capabilities of WMS 1.3.0', '/wms?service=WMS&request=GetCapabilities', 'wms13'],
  ['the capabilities of WMS 1.1.1', '/wms?service=WMS&request=GetCapabilities&version=1.1.1', 'dtd'],
  ['an exception of WMS 1.3.0', '/wms?service=WMS&request=GetMap&version=1.3.0&layers=%22%3Cscript%3E', 'wmsException13'],
  ['an exception of WMS 1.1.1', '/wms?service=WMS&request=GetMap&version=1.1.1&layers=%22%3Cscript%3E', 'dtd'],
  [
    'a description of layers in WMS 1.1.1',
    '/wms?service=WMS&request=DescribeLayer&version=1.1.1&layers=quarters,a,b%20%26%20%3Cc%3E/%C3%A9',
    'dtd',
  ],
  ['the capabilities of WMTS', '/wmts?service=WMTS&request=GetCapabilities', 'wmts'],
  ['sections of them', '/wmts?service=WMTS&request=GetCapabilities&sections=Contents,Themes', 'wmts'],
  ['an exception of WMTS', '/wmts?service=WMTS&request=GetTile&version=1.0.0&layer=%22%3Cscript%3E', 'owsException'],
];

const CONTACT = {
  GRATICULE_CONTACT_NAME: 'A. <Mapper>',
  GRATICULE_CONTACT_ORGANIZATION: 'Atlas & Sons',
  GRATICULE_CONTACT_EMAIL: 'maps@example.org',
  GRATICULE_CONTACT_PHONE: '+49 30 123',
  GRATICULE_CONTACT_URL: 'https://example.org/atlas',
};

let service: ClassicService;

beforeAll(async () => {
  service = await startClassicService({ env: { GRATICULE_REFRESH: '0', GRATICULE_MAX_PIXELS: '65536', ...CONTACT } });
});

afterAll(async () => {
  await service?.close();
});

const get = (target: string): Promise<WireAnswer> => service.get(target);
const sequenceOf = (answer: WireAnswer): number => Number(/updateSequence="(\d+)"/.exec(textOf(answer))?.[1]);

withProgram({ name: 'xmllint', path: findProgram('xmllint'), install: 'apt-get install libxml2-utils' }, (xmllint) => {
  const about = ogcSchemas === undefined ? ' (the folder of official schemas is not there)' : '';
  test.skipIf(ogcSchemas === undefined).each(OPERATIONS)(`%s is valid${about}`, async (_, target, schema) => {
    const answer = await get(target);
    expect(await validateXml(xmllint, textOf(answer), schema)).toBe('');
  });
});

test('a document that is not valid is told apart from one that is', async () => {
  const xmllint = findProgram('xmllint');
  if (xmllint === undefined || ogcSchemas === undefined) return;
  const text = textOf(await get('/wms?service=WMS&request=GetCapabilities'));
  expect(await validateXml(xmllint, text.replace('<MaxWidth>', '<MinWidth>').replace('</MaxWidth>', '</MinWidth>'), 'wms13')).toContain(
    'MinWidth',
  );
});

test('the update sequence stays while nothing changes, and grows with the catalogue', async () => {
  const targets = ['/wms?service=WMS&request=GetCapabilities', '/wmts?service=WMTS&request=GetCapabilities'];
  const before = await Promise.all(targets.map(get));
  const again = await Promise.all(targets.map(get));
  expect(again.map(sequenceOf)).toEqual(before.map(sequenceOf));
  await service.database.query(
    `create table newcomer (rid int primary key, rast raster);
     insert into newcomer values (1, st_addband(st_makeemptyraster(8, 8, 0, 0, 1, -1, 0, 0, 4326), '8BUI'::text, 1));
     select addrasterconstraints('newcomer'::name, 'rast'::name); notify graticule`,
  );
  await eventually('the newcomer is offered', 5000, async () => textOf(await get(targets[0] ?? '')).includes('<Name>newcomer</Name>'));
  const after = await Promise.all(targets.map(get));
  expect(after[1]?.body.toString('utf8')).toContain('<ows:Identifier>newcomer</ows:Identifier>');
  for (const [i, answer] of after.entries()) expect(sequenceOf(answer)).toBeGreaterThan(sequenceOf(before[i] ?? answer));
  const pictures = [
    '/wms?version=1.3.0&request=GetMap&layers=public.newcomer&crs=CRS:84&bbox=0,-8,8,0&width=8&height=8&format=image/png',
    '/wmts/newcomer/default/WorldCRS84Quad/5/16/32.png',
  ];
  for (const target of pictures) {
    expect((await get(target)).status, target).toBe(200);
    expect((await get(target)).headers['cache-status'], target).toBe('graticule; hit');
  }
  await service.database.query('drop table newcomer; notify graticule');
  await eventually('the newcomer is gone', 5000, async () => !textOf(await get(targets[0] ?? '')).includes('<Name>newcomer</Name>'));
  // Kept pictures go with the table, by whatever name it was asked for.
  expect((await Promise.all(pictures.map(get))).map(({ status }) => status)).toEqual([400, 404]);
});

test('whom to contact stands in the capabilities of each, and in the API document', async () => {
  const [modern, older] = await Promise.all(
    ['1.3.0', '1.1.1'].map(async (version) => textOf(await get(`/wms?service=WMS&request=GetCapabilities&version=${version}`))),
  );
  const contact =
    '<ContactInformation><ContactPersonPrimary><ContactPerson>A. &lt;Mapper&gt;</ContactPerson>' +
    '<ContactOrganization>Atlas &amp; Sons</ContactOrganization></ContactPersonPrimary>' +
    '<ContactVoiceTelephone>+49 30 123</ContactVoiceTelephone><ContactElectronicMailAddress>maps@example.org</ContactElectronicMailAddress></ContactInformation>';
  for (const text of [modern, older]) {
    expect(text).toContain(contact);
    expect(text).toMatch(/<Service>.*<OnlineResource [^>]*href="https:\/\/example.org\/atlas"/);
  }
  const provider = /<ows:ServiceProvider>.*<\/ows:ServiceProvider>/.exec(
    textOf(await get('/wmts?service=WMTS&request=GetCapabilities')),
  )?.[0];
  expect(provider).toBe(
    '<ows:ServiceProvider><ows:ProviderName>Atlas &amp; Sons</ows:ProviderName><ows:ProviderSite xlink:href="https://example.org/atlas"/>' +
      '<ows:ServiceContact><ows:IndividualName>A. &lt;Mapper&gt;</ows:IndividualName><ows:ContactInfo>' +
      '<ows:Phone><ows:Voice>+49 30 123</ows:Voice></ows:Phone><ows:Address>' +
      '<ows:ElectronicMailAddress>maps@example.org</ows:ElectronicMailAddress></ows:Address></ows:ContactInfo></ows:ServiceContact></ows:ServiceProvider>',
  );
  const api: { readonly info: { readonly contact: unknown } } = JSON.parse(textOf(await get('/api?f=json')));
  expect(api.info.contact).toEqual({ name: 'A. <Mapper>', url: 'https://example.org/atlas', email: 'maps@example.org' });
});

test('the greatest map that the capabilities name is drawn, whatever is asked of it, and no greater one', async () => {
  const text = textOf(await get('/wms?service=WMS&request=GetCapabilities'));
  const named = ['MaxWidth', 'MaxHeight', 'LayerLimit'].map((name) => Number(new RegExp(`<${name}>(\\d+)<`).exec(text)?.[1]));
  expect(named).toEqual([256, 256, 32]);
  const map = (width: number, more: string): Promise<WireAnswer> =>
    get(
      `/wms?version=1.3.0&request=GetMap&styles=&crs=CRS:84&bbox=9,49,11,51&width=${width}&height=256&format=image/png&transparent=true&${more}`,
    );
  for (const more of ['layers=slope', 'layers=slope&algorithm=hillshade', 'layers=slope&enhance_sharpness=2', 'layers=slope,quarters'])
    expect((await map(256, more)).status, more).toBe(200);
  const refused = await map(257, 'layers=slope');
  expect([refused.status, textOf(refused)]).toEqual([400, expect.stringContaining('WIDTH is at most 256')]);
});

test('the capabilities come as the type of XML that a client asks for, else as the usual one', async () => {
  const typeOf = async (query: string): Promise<string | undefined> =>
    (await get(`/wms?service=WMS&request=GetCapabilities&${query}`)).headers['content-type'];
  expect(await typeOf('format=application/xml')).toBe('application/xml');
  expect(await typeOf('format=text/nope')).toBe('text/xml');
  expect(await typeOf('version=1.1.1&format=text/xml')).toBe('text/xml');
  expect(await typeOf('version=1.1.1')).toBe('application/vnd.ogc.wms_xml');
});

test.each([
  ['1.3.0', '<BoundingBox CRS="EPSG:4326" minx="-90" miny="-180" maxx="90" maxy="180"/>'],
  ['1.1.1', '<BoundingBox SRS="EPSG:4326" minx="-180" miny="-90" maxx="180" maxy="90"/>'],
])('the root of WMS %s has a box in a named CRS, without which ArcGIS shows no map', async (version, box) => {
  const text = textOf(await get(`/wms?service=WMS&request=GetCapabilities&version=${version}`));
  const [, root = ''] = /<Layer>([^]*?)<Layer>/.exec(text) ?? [];
  expect(root).toContain(box);
});

test('the landing page leads to both', async () => {
  const page: { readonly links: readonly { readonly href: string; readonly type: string }[] } = JSON.parse(textOf(await get('/?f=json')));
  for (const path of ['/wms?', '/wmts/']) {
    const link = page.links.find(({ href }) => href.startsWith(`${service.server.root}${path}`));
    const answer = await fetch(link?.href ?? '');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, link?.type]);
  }
});
