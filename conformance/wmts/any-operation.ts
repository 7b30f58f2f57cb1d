import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import type { ConformanceTest, Skip } from '../case.ts';
import { assertStatus, get } from '../request.ts';
import { assertReport } from './binding.ts';
import { type WmtsService, wmtsOf } from './service.ts';

/** What holds for any operation, by query and by path. */
export const anyOperationTests: readonly ConformanceTest[] = [
  test('Server.KVP.GET', 'InvalidQueryString', async (service) => {
    const answer = await get(`${addressOf(service)}service=WMTS&request~GetCapabilities!version~1.0.0`, 'java');
    assertReport(answer, { status: 400, code: 'MissingParameterValue', locator: 'request' });
  }),
  test('Server.KVP.GET', 'InvalidService', async (service) => {
    const answer = await get(addressOf(service), 'java', { service: 'BOGUS', request: 'GetCapabilities', AcceptVersions: '1.0.0' });
    assertReport(answer, { status: 400, code: 'InvalidParameterValue', locator: 'service' });
  }),
  test('Server.KVP.GET', 'InvalidRequest', async (service) => {
    const answer = await get(addressOf(service), 'java', { service: 'WMTS', request: 'GetBOGUS', version: '1.0.0' });
    assertReport(answer, { status: 400, code: 'InvalidParameterValue', locator: 'request' });
  }),
  test('Server.RESTful', 'HTTP.Mandatory', async ({ metadataUrl }) => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = send(metadataUrl, { headers: { Accept: 'example/unknown' } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end();
    });
    assert.equal(status, 406, `a client that accepts nothing of it got ${status}`);
  }),
  test('Server.RESTful', 'InvalidQueryString', async ({ metadataUrl }) => {
    assertStatus(await get(`${metadataUrl}/Bogus`, 'java'), 404);
  }),
];

function test(group: string, method: string, run: (service: WmtsService) => Promise<Skip | void>): ConformanceTest {
  return {
    suite: 'wmts10',
    group,
    method,
    clause: 'OGC 07-057r7 §8, §10',
    async cases(session) {
      const service = await wmtsOf(session);
      return [{ name: 'service', run: () => run(service) }];
    },
  };
}

function addressOf(service: WmtsService): string {
  return service.addresses.get('GetCapabilities') ?? '';
}
