import assert from 'node:assert/strict';
import { type Answer, get } from '../request.ts';
import { descendantsOf, parseXml } from '../xml.ts';
import type { Layer, WmtsService } from './service.ts';

/** A tile as a request names it; absent members are left out of the request. */
export interface TileChoice {
  readonly layer: Layer;
  readonly words: Readonly<Record<TileWord, string | undefined>>;
  /** Values of dimensions by their names. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The parameters of GetTile besides the layer. */
export type TileWord = 'layer' | 'style' | 'format' | 'TileMatrixSet' | 'TileMatrix' | 'TileRow' | 'TileCol';

/** The further parameters of GetFeatureInfo. */
export interface InfoChoice extends TileChoice {
  readonly info: Readonly<Record<'InfoFormat' | 'J' | 'I', string | undefined>>;
}

/** A way to ask for tiles: what the suite calls a binding. */
export interface Binding {
  /** As in the names of tests. */
  readonly name: 'KVP.GET' | 'RESTful';
  tile(service: WmtsService, choice: TileChoice): Promise<Answer>;
  info(service: WmtsService, choice: InfoChoice): Promise<Answer>;
  /** Fails unless the answer refuses the request as the binding wants it. */
  refuses(answer: Answer, code: string, locator: string): void;
}

/** Words of a query. */
export const KVP: Binding = {
  name: 'KVP.GET',
  tile: (service, choice) =>
    get(address(service, 'GetTile'), 'java', { service: 'WMTS', request: 'GetTile', version: '1.0.0', ...given(choice) }),
  info: (service, choice) =>
    get(address(service, 'GetFeatureInfo'), 'java', {
      service: 'WMTS',
      request: 'GetFeatureInfo',
      version: '1.0.0',
      ...given(choice),
      ...present(choice.info),
    }),
  refuses: (answer, code, locator) => assertReport(answer, { status: 400, code, locator }),
};

/** Addresses made of the templates of the capabilities; a missing part leaves its place empty, as the suite does it. */
export const REST: Binding = {
  name: 'RESTful',
  tile: (_, choice) => get(fill(choice, choice.words.format, 'tile'), 'java'),
  info: (_, choice) => get(fill(choice, choice.info.InfoFormat, 'FeatureInfo', choice.info), 'java'),
  refuses: (answer) =>
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.url} answered ${answer.status}, expected an error of the client`),
};

/** Both bindings. */
export const BINDINGS = [KVP, REST] as const;

/** Fails unless an answer is a report with this code and locator (any case; `undefined`: none), and has the status. */
export function assertReport(
  answer: Answer,
  expected: { readonly status: number; readonly code: string; readonly locator?: string },
): void {
  assert.equal(answer.status, expected.status, `${answer.url} has the status ${answer.status}`);
  const report = parseXml(answer.body.toString('utf8'));
  assert.equal(report.name, 'ExceptionReport');
  const found = descendantsOf(report, 'Exception').map(({ attributes }) => [
    attributes['exceptionCode'],
    attributes['locator']?.toLowerCase(),
  ]);
  const wanted = [expected.code, expected.locator?.toLowerCase()];
  assert.ok(
    found.some(([code, locator]) => code === wanted[0] && locator === wanted[1]),
    `${answer.url} reports ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`,
  );
}

function address(service: WmtsService, operation: string): string {
  const href = service.addresses.get(operation);
  assert.ok(href !== undefined, `there is no operation ${operation}`);
  return href;
}

function given({ words, dimensions }: TileChoice): Readonly<Record<string, string>> {
  return { ...present(words), ...dimensions };
}

function present(words: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function fill(
  choice: TileChoice,
  format: string | undefined,
  type: string,
  info: Readonly<Record<string, string | undefined>> = {},
): string {
  const { layer, words, dimensions } = choice;
  const resource = layer.resources.find((one) => one.type === type && one.format === format);
  assert.ok(resource !== undefined, `layer ${layer.id} has no address of ${type} as ${String(format)}`);
  const values = new Map(Object.entries({ ...words, ...dimensions, ...info }).map(([name, value]) => [name.toLowerCase(), value ?? '']));
  const addressOf = resource.template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values.get(name.toLowerCase()) ?? 'default'),
  );
  const layerName = words.layer ?? '';
  return layerName === layer.id ? addressOf : addressOf.replace(`/${encodeURIComponent(layer.id)}/`, `/${encodeURIComponent(layerName)}/`);
}
