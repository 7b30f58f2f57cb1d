import { type JsonObject, objectsOf, textOf } from './json.ts';
import { type ApiModel, readApiModel } from './openapi.ts';
import { type Answer, getDocument } from './request.ts';

/** What the tests of one run share: the server, and the documents and responses that are read once. */
export interface Session {
  /** URL of the landing page with a trailing slash, as it is given to the suites. */
  readonly root: string;
  /** The same without the trailing slash. */
  readonly base: string;
  landing(): Promise<JsonObject>;
  /** The document behind the `service-desc` link. */
  api(): Promise<ApiModel>;
  conformsTo(): Promise<readonly string[]>;
  /** Every entry of `/collections`. */
  collections(): Promise<readonly JsonObject[]>;
  /** Collections of features with an `items` link, at most 20, as the Features suite selects them. */
  featureCollections(): Promise<readonly JsonObject[]>;
  /** A response that several tests look at; it is requested by the first of them. */
  answer(key: string, request: () => Promise<Answer>): Promise<Answer>;
}

/** The media type by which the suites find the API definition; compared as a string. */
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

const MAX_COLLECTIONS = 20;

/** A session with the server whose landing page is at `root`. */
export function createSession(root: string): Session {
  const base = root.replace(/\/+$/, '');
  const answers = new Map<string, Promise<Answer>>();
  const landing = lazily(() => getDocument(`${base}/`, 'json'));
  const collections = lazily(async () => {
    const document = await getDocument(`${base}/collections`, 'json');
    return objectsOf(document['collections'], 'collections');
  });
  return {
    root: `${base}/`,
    base,
    landing,
    collections,
    api: lazily(async () => readApiModel(serviceDescription(await landing()), base)),
    conformsTo: lazily(() => readClasses(base)),
    featureCollections: async () => (await collections()).filter(holdsFeatures).slice(0, MAX_COLLECTIONS),
    answer: (key, request) => {
      const known = answers.get(key) ?? request();
      answers.set(key, known);
      return known;
    },
  };
}

/** URL of the API definition: the landing page's `service-desc` link of OpenAPI 3.0's media type. */
export function serviceDescription(landing: JsonObject): string {
  const links = objectsOf(landing['links'], 'links of the landing page');
  const link = links.find((l) => l['rel'] === 'service-desc' && l['type'] === OPENAPI_TYPE);
  if (link === undefined) throw new Error(`The landing page has no service-desc link of type ${OPENAPI_TYPE}`);
  return textOf(link['href'], 'href of the service-desc link');
}

async function readClasses(base: string): Promise<readonly string[]> {
  const document = await getDocument(`${base}/conformance`, 'json');
  const classes = document['conformsTo'];
  if (!Array.isArray(classes)) throw new Error('/conformance has no array conformsTo');
  return classes.map((uri, i) => textOf(uri, `conformsTo[${i}]`));
}

function holdsFeatures(collection: JsonObject): boolean {
  const itemType = collection['itemType'];
  if (typeof itemType === 'string' && itemType !== '' && itemType.toLowerCase() !== 'feature') return false;
  return objectsOf(collection['links'], 'links of a collection').some((link) => link['rel'] === 'items');
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
