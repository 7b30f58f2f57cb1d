import assert from 'node:assert/strict';
import type { Case, ConformanceTest } from '../case.ts';
import type { JsonObject } from '../json.ts';
import { assertStatus, get } from '../request.ts';
import type { Session } from '../session.ts';
import { bboxRequests, checkBbox } from './bbox.ts';
import {
  type Check,
  checkCrs84,
  checkFeatures,
  checkLinks,
  checkMediaType,
  checkNumberMatched,
  checkNumberReturned,
  checkOperation,
  checkTimeStamp,
  checkType,
} from './checks.ts';
import { datetimeRequests, checkDatetime } from './datetime.ts';
import { checkLimit, limitRequests } from './limit.ts';
import { bboxDefinition, datetimeDefinition, limitDefinition } from './definitions.ts';
import { idOf, type ItemsRequest, itemsUrl } from './responses.ts';

type Requests = (session: Session) => Promise<readonly ItemsRequest[]>;

/** One of the four groups of the suite that send items requests and look at the responses in the same ways. */
interface Group {
  readonly name: string;
  readonly requests: Requests;
  /** Part of the method names: `WithBoundingBox`. */
  readonly infix: string;
  /** The methods of the group that do not have the infix. */
  readonly plain: readonly string[];
}

const GROUPS: readonly Group[] = [
  { name: 'Features', requests: plainRequests, infix: '', plain: [] },
  { name: 'FeaturesBBox', requests: bboxRequests, infix: 'WithBoundingBox', plain: ['GeometryInCRS84', 'NumberReturned'] },
  { name: 'FeaturesLimit', requests: limitRequests, infix: 'WithLimit', plain: ['NumberReturned'] },
  { name: 'FeaturesTime', requests: datetimeRequests, infix: 'WithDateTime', plain: ['NumberReturned'] },
];

const RESPONSE_CHECKS: readonly (readonly [name: string, clause: string, check: Check])[] = [
  ['GeometryInCRS84', 'A.2.7 test 2.2, /req/core/crs84', checkCrs84],
  ['TypeProperty', 'A.2.7 test 22.1, /req/core/fc-response', checkType],
  ['FeaturesProperty', 'A.2.7 test 22.2, /req/core/fc-response', checkFeatures],
  ['Links', 'A.2.7 tests 22.4 and 23, /req/core/fc-links, fc-rel-type', checkLinks],
  ['TimeStamp', 'A.2.7 tests 22.5 and 24, /req/core/fc-timeStamp', checkTimeStamp],
  ['NumberMatched', 'A.2.7 tests 22.6 and 25, /req/core/fc-numberMatched', checkNumberMatched],
  ['NumberReturned', 'A.2.7 tests 22.7 and 26, /req/core/fc-numberReturned', checkNumberReturned],
];

/** Tests of the items resource: plain, by box, by limit, by time, and with bad parameters. */
export const itemsTests: readonly ConformanceTest[] = [
  ...GROUPS.flatMap((group) => [
    perRequest(group, `validateFeatures${group.infix}Operation`, 'A.2.7 test 13, /req/core/fc-op', both(checkOperation, checkMediaType)),
    ...RESPONSE_CHECKS.map(([name, clause, check]) => {
      const infix = group.plain.includes(name) ? '' : group.infix;
      return perRequest(group, `validateFeatures${infix}Response_${name}`, clause, check);
    }),
  ]),
  perRequest(
    groupOf('FeaturesBBox'),
    'validateFeaturesWithBoundingBoxResponse',
    'A.2.7 test 15, /req/core/fc-bbox-response',
    both(checkBbox, checkCrs84),
  ),
  perRequest(groupOf('FeaturesLimit'), 'validateFeaturesWithLimitResponse', 'A.2.7 test 17, /req/core/fc-limit-response', checkLimit),
  perRequest(groupOf('FeaturesTime'), 'validateFeaturesWithDateTimeResponse', 'A.2.7 test 19, /req/core/fc-time-response', checkDatetime),
  definition('FeaturesBBox', 'boundingBoxParameterDefinition', 'A.2.7 test 14, /req/core/fc-bbox-definition', bboxDefinition),
  definition('FeaturesLimit', 'limitParameterDefinition', 'A.2.7 test 16, /req/core/fc-limit-definition', limitDefinition),
  definition('FeaturesTime', 'timeParameterDefinition', 'A.2.7 test 18, /req/core/fc-time-definition', datetimeDefinition),
  refusal('validateFeaturesOperation_QueryParamInvalid', 'A.2.7 test 20, /req/core/query-param-invalid', { limit: 'unlimited' }),
  refusal('validateFeaturesOperation_QueryParamUnknown', 'A.2.7 test 21, /req/core/query-param-unknown', { unknownQueryParameter15432: 1 }),
];

async function plainRequests(session: Session): Promise<readonly ItemsRequest[]> {
  return (await session.featureCollections()).map((collection) => ({ collection, name: idOf(collection), query: {} }));
}

function groupOf(name: string): Group {
  const group = GROUPS.find((g) => g.name === name);
  if (group === undefined) throw new Error(`No group ${name}`);
  return group;
}

function both(first: Check, second: Check): Check {
  return async (request, session) => (await first(request, session)) ?? second(request, session);
}

function perRequest(group: Group, method: string, clause: string, check: Check): ConformanceTest {
  const cases = async (session: Session): Promise<readonly Case[]> =>
    (await group.requests(session)).map((request) => ({ name: request.name, run: () => check(request, session) }));
  return { suite: 'features10', group: group.name, method, clause, cases };
}

function definition(group: string, method: string, clause: string, check: (parameter: JsonObject | undefined) => void): ConformanceTest {
  const name = { FeaturesBBox: 'bbox', FeaturesLimit: 'limit', FeaturesTime: 'datetime' }[group] ?? '';
  const cases = async (session: Session): Promise<readonly Case[]> => {
    const api = await session.api();
    const paths = api.itemsPaths();
    assert.notEqual(paths.length, 0, 'the API definition has no items path');
    return paths.map((path) => ({ name: path, run: async () => check(api.parameter(path, name)) }));
  };
  return { suite: 'features10', group, method, clause, cases };
}

function refusal(method: string, clause: string, query: Readonly<Record<string, string | number>>): ConformanceTest {
  const cases = async (session: Session): Promise<readonly Case[]> =>
    (await session.featureCollections()).map((collection) => ({
      name: idOf(collection),
      run: async () => {
        const answer = await get(itemsUrl(collection, session.root), 'geojson', 'limit' in query ? query : { ...query, limit: 10 });
        assertStatus(answer, 400);
      },
    }));
  return { suite: 'features10', group: 'FeaturesErrorConditions', method, clause, cases };
}
