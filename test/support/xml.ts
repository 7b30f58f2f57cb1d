import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { sharedPath } from './shared.ts';

/** Official schemas: where they stand in the folder of official documents, and under which address others refer to them. */
const SCHEMAS = {
  // With the operations of the Styled Layer Descriptor profile; it includes the schema of WMS itself.
  wms13: 'sld-1.1/xsd/sld_capabilities.xsd',
  wmsException13: 'wms-1.3/xsd/exceptions_1_3_0.xsd',
  wmts: 'wmts-1.0/xsd/wmts/1.0/wmtsGetCapabilities_response.xsd',
  owsException: 'ows-1.1/xsd/owsExceptionReport.xsd',
} as const;

const PLACES = [
  ['http://schemas.opengis.net/ows/1.1.0/', 'ows-1.1/xsd/'],
  ['http://schemas.opengis.net/wms/1.1.1/', 'wms-1.1/dtd/'],
  ['http://schemas.opengis.net/wms/1.3.0/', 'wms-1.3/xsd/'],
  ['http://schemas.opengis.net/sld/1.1.0/', 'sld-1.1/xsd/'],
  ['http://www.w3.org/', 'w3c/xsd/'],
] as const;

/** A schema to hold a document against; `dtd`: the one that the document itself names. */
export type XmlSchema = keyof typeof SCHEMAS | 'dtd';

/** The folder of official schemas; undefined where it is not there, and then the tests that need it are skipped. */
export const ogcSchemas = sharedPath('ogc-schemas');

/** What xmllint has to say against a document, without going to the network: empty where it is valid. */
export async function validateXml(xmllint: string, text: string, schema: XmlSchema): Promise<string> {
  if (ogcSchemas === undefined) throw new Error('The folder of official schemas is not there');
  const folder = await mkdtemp(join(tmpdir(), 'graticule-xml-'));
  try {
    const [file, catalog] = [join(folder, 'document.xml'), join(folder, 'catalog.xml')];
    await writeFile(file, text);
    await writeFile(catalog, catalogText(ogcSchemas));
    const against = schema === 'dtd' ? ['--valid'] : ['--schema', join(ogcSchemas, SCHEMAS[schema])];
    const options = { env: { ...process.env, XML_CATALOG_FILES: catalog }, timeout: 60_000, maxBuffer: 1 << 24 };
    return await promisify(execFile)(xmllint, ['--nonet', '--noout', ...against, file], options).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function catalogText(schemas: string): string {
  const rewrites = PLACES.map(
    ([address, place]) => `<rewriteSystem systemIdStartString="${address}" rewritePrefix="${pathToFileURL(join(schemas, place)).href}"/>`,
  );
  return `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${rewrites.join('')}</catalog>`;
}
