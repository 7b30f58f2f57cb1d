import { Agent, get as httpGet } from 'node:http';

/** An answer read to its end. */
export interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A client with one connection that is kept open; one request at a time. */
export interface HttpClient {
  /** @throws Error when the status is not 200, with the first of the body */
  get(url: string): Promise<Answer>;
  /** The answer whatever its status. */
  ask(url: string): Promise<Answer>;
  close(): void;
}

/** Opens a client that asks with the given headers. */
export function createHttpClient(headers: Readonly<Record<string, string>> = {}): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (url: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = httpGet(url, { agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks), headers: response.headers }));
      });
      request.on('error', reject);
    });
  return {
    ask,
    async get(url) {
      const answer = await ask(url);
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${answer.bytes.toString('utf8', 0, 300)}`);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

const WARM_REQUESTS = 400;

/** Requests URLs in turn until the server's machine code is the one that it runs with after its first seconds. */
export async function warmUp(http: HttpClient, urls: readonly string[]): Promise<void> {
  for (let done = 0; done < WARM_REQUESTS; done += urls.length) for (const url of urls) await http.ask(url);
}
