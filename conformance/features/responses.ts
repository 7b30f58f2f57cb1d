import type { JsonObject } from '../json.ts';
import { objectsOf, textOf } from '../json.ts';
import { hrefOf } from '../links.ts';
import { type Answer, assertStatus, documentOf, get, type Query } from '../request.ts';
import type { Session } from '../session.ts';

/** One request for the features of a collection, whose response several tests look at. */
export interface ItemsRequest {
  readonly collection: JsonObject;
  /** `places, bbox -1.5000000,50.0000000,1.5000000,53.0000000` */
  readonly name: string;
  readonly query: Query;
}

/** Identifier of a collection. */
export function idOf(collection: JsonObject): string {
  return textOf(collection['id'], 'id of a collection');
}

/** URL of a collection's features as GeoJSON: the `items` link whose type is exactly that. */
export function itemsUrl(collection: JsonObject, root: string): string {
  const links = objectsOf(collection['links'], 'links of a collection');
  const link = links.find((l) => l['rel'] === 'items' && l['type'] === 'application/geo+json');
  if (link === undefined) throw new Error(`Collection ${idOf(collection)} has no items link of type application/geo+json`);
  return hrefOf(link, root);
}

/** Sends the request, once a run. A `limit` of 10 is added where none is given, as the suite does on every items request. */
export async function itemsAnswer(request: ItemsRequest, session: Session): Promise<Answer> {
  const query = 'limit' in request.query ? request.query : { ...request.query, limit: 10 };
  return session.answer(`items ${request.name}`, () => get(itemsUrl(request.collection, session.root), 'geojson', query));
}

/** The feature collection that the request brings; fails the test when the status is not 200. */
export async function itemsDocument(request: ItemsRequest, session: Session): Promise<JsonObject> {
  const answer = await itemsAnswer(request, session);
  assertStatus(answer, 200);
  return documentOf(answer);
}

/** The features of a feature collection. */
export function featuresOf(document: JsonObject): readonly JsonObject[] {
  return objectsOf(document['features'], 'features');
}
