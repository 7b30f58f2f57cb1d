import { Agent, get } from 'node:http';
import { median } from './statistics.ts';

/** How a rate is measured. */
export interface RateOptions {
  /** Requests under way at once, each over its own connection. */
  readonly connections: number;
  /** Rounds in turn with the other ways; medians count. */
  readonly rounds: number;
}

/**
 * Requests a second that each of several servers answers for its list of URLs, by median over rounds in turn
 * (A B A B …); a first round warms up and does not count.
 */
export async function rates(lists: readonly (readonly string[])[], { connections, rounds }: RateOptions): Promise<readonly number[]> {
  const measured = lists.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [n, urls] of lists.entries()) {
      const started = performance.now();
      await requestAll(urls, connections);
      if (round > 0) measured[n]?.push((urls.length / (performance.now() - started)) * 1000);
    }
  }
  return measured.map((values) => median(values));
}

async function requestAll(urls: readonly string[], connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const one = async (): Promise<void> => {
    for (let url = urls[next]; url !== undefined; url = urls[next]) {
      next += 1;
      await request(url, agent);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
}

function request(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}
