import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ClusterRequest } from '../../src/cluster/placement.ts';

/** The request for this checkout's test cluster. */
export function testClusterRequest(): ClusterRequest {
  return {
    checkout: fileURLToPath(new URL('../..', import.meta.url)),
    purpose: 'test',
    env: process.env,
    home: homedir(),
    temporary: tmpdir(),
    uid: process.getuid?.(),
  };
}
