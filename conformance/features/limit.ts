import assert from 'node:assert/strict';
import { numberOf, objectOf } from '../json.ts';
import type { Session } from '../session.ts';
import type { Check } from './checks.ts';
import { featuresOf, idOf, type ItemsRequest, itemsDocument } from './responses.ts';

/** The requests of the group: the minimum of `limit` from the API definition, and one halfway to its maximum, at most 100. */
export async function limitRequests(session: Session): Promise<readonly ItemsRequest[]> {
  const api = await session.api();
  return (await session.featureCollections()).flatMap((collection) => {
    const id = idOf(collection);
    const limits = api.testPoints(`/collections/${id}/items`).flatMap((point) => {
      const parameter = api.parameter(point.path, 'limit');
      if (parameter === undefined) return [];
      const schema = objectOf(parameter['schema'], 'schema of limit');
      const min = numberOf(schema['minimum'], 'minimum of limit');
      const max = numberOf(schema['maximum'], 'maximum of limit');
      return [min, Math.min(100, min + Math.trunc((max - min) / 2))];
    });
    return [...new Set(limits)].map((limit) => ({ collection, name: `${id}, limit ${limit}`, query: { limit } }));
  });
}

/** No more features than the limit (/req/core/fc-limit-response). */
export const checkLimit: Check = async (request, session) => {
  const count = featuresOf(await itemsDocument(request, session)).length;
  const limit = Number(request.query['limit']);
  assert.ok(count <= limit, `${count} features for a limit of ${limit}`);
};
