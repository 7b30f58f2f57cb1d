import type { ClusterRequest } from '../cluster/placement.ts';
import { type ClusterStatus, clusterStatus, dropClusters, stopClusters } from '../cluster/private-cluster.ts';
import type { Command, World } from './command.ts';

/** `graticule cluster status|stop|drop`: the private clusters of this checkout, that of its tests included. */
export const clusterCommand: Command = {
  name: 'cluster',
  usage: 'cluster status|stop|drop',
  summary: 'shows, stops or removes the private clusters of this checkout, with their data',
  flags: {},
  configured: false,
  maximumPositionals: 1,
  async run({ positionals }, world) {
    const requests = [clusterRequest(world), { ...clusterRequest(world), purpose: 'test' as const }];
    switch (positionals[0] ?? 'status') {
      case 'status':
        return showStatus(await forAll(requests, clusterStatus), world);
      case 'stop':
        return tell(world, 'Stopped', await forAll(requests, stopClusters));
      case 'drop':
        return tell(world, 'Removed', await forAll(requests, dropClusters));
      default:
        world.err(`Unknown action "${positionals[0]}": expected status, stop or drop\n`);
        return 2;
    }
  },
};

/** The request for this checkout's serving cluster. */
export function clusterRequest(world: World): ClusterRequest {
  const { packageFolder, env, home, temporary, uid } = world;
  return { checkout: packageFolder, purpose: 'serve', env, home, temporary, uid };
}

/** What a function gives for the cluster of the server and for that of the tests, one after the other. */
async function forAll<T>(
  requests: readonly ClusterRequest[],
  work: (request: ClusterRequest) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (const request of requests) results.push(...(await work(request)));
  return results;
}

function showStatus(states: readonly ClusterStatus[], world: World): number {
  for (const { folder, major, running, users } of states) {
    const used = users.length === 0 ? 'used by nobody' : `used by process ${users.join(', ')}`;
    world.out(`PostgreSQL ${major} in ${folder}: ${running ? `running, ${used}` : 'stopped'}\n`);
  }
  if (states.length === 0) world.out('There is no private cluster of this checkout.\n');
  return 0;
}

function tell(world: World, what: string, folders: readonly string[]): number {
  for (const folder of folders) world.out(`${what} ${folder}\n`);
  if (folders.length === 0) world.out('There is nothing to do.\n');
  return 0;
}
