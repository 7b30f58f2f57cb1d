import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Catalog } from '../catalog/catalog.ts';
import { explainJson } from '../catalog/explain.ts';
import type { CatalogExplanation, Health } from '../model/operation.ts';
import type { Metrics } from '../observe/metrics.ts';

/** What the administration listener tells. */
export interface AdminParts {
  readonly metrics: Metrics;
  readonly version: string;
  /** Undefined until the first discovery is done. */
  catalog(): Catalog | undefined;
  isDatabaseAvailable(): boolean;
  isDraining(): boolean;
}

interface AdminAnswer {
  readonly status: number;
  readonly type?: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Names under which loopback is asked for; anything else may be a page that was led here by DNS (rebinding). */
const HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

const ALLOW = 'GET, HEAD';

/** `/live`, `/ready`, `/metrics`, `/catalog`: operation, on loopback only, read-only. */
export function createAdmin(parts: AdminParts): Server {
  return createServer((request, response) => {
    answer(request, parts)
      .catch((error: unknown) => problem(500, error instanceof Error ? error.message : String(error)))
      .then((it) => send(response, it, request.method === 'HEAD'))
      .catch(() => response.destroy());
  });
}

async function answer(request: IncomingMessage, parts: AdminParts): Promise<AdminAnswer> {
  if (!HOST.test(request.headers.host ?? '')) return problem(403, 'Only for requests to localhost');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { ...problem(405, `${request.method ?? ''} is not possible here: expected ${ALLOW}`), headers: { Allow: ALLOW } };
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  switch (url.pathname) {
    case '/':
      return {
        status: 200,
        body: {
          live: '/live',
          ready: '/ready',
          metrics: '/metrics',
          catalog: '/catalog',
          explain: '/catalog?explain',
        },
      };
    case '/live':
      return { status: 200, body: { status: 'pass', version: parts.version } satisfies Health };
    case '/ready':
      return ready(parts);
    case '/metrics':
      return { status: 200, type: parts.metrics.contentType, body: await parts.metrics.render() };
    case '/catalog':
      return catalogAnswer(parts.catalog(), url.searchParams.has('explain'));
    default:
      return problem(404, `Nothing at ${url.pathname}`);
  }
}

/** Ready: the catalogue is loaded, the database answers, and nobody asked us to stop. */
function ready(parts: AdminParts): AdminAnswer {
  const catalog = parts.catalog();
  const isUp = parts.isDatabaseAvailable();
  const isReady = catalog !== undefined && isUp && !parts.isDraining();
  const body: Health = {
    status: isReady ? 'pass' : 'fail',
    version: parts.version,
    database: isUp ? 'up' : 'down',
    ...(catalog === undefined
      ? {}
      : {
          catalog: {
            version: catalog.version,
            loadedAt: catalog.loadedAt.toISOString(),
            collections: catalog.collections.size,
          },
        }),
  };
  return { status: isReady ? 200 : 503, body };
}

function catalogAnswer(catalog: Catalog | undefined, explain: boolean): AdminAnswer {
  if (catalog === undefined) return problem(503, 'The catalogue is still being read');
  if (explain) return { status: 200, body: explainJson(catalog) };
  const document: CatalogExplanation = {
    version: catalog.version,
    loadedAt: catalog.loadedAt.toISOString(),
    server: catalog.serverVersion,
    collections: [...catalog.collections.values()].map((c) => ({
      id: c.id,
      relation: `${c.relation.schema}.${c.relation.name}`,
      kind: c.kind,
    })),
    findings: catalog.findings,
  };
  return { status: 200, body: document };
}

function problem(status: number, detail: string): AdminAnswer {
  return { status, type: 'application/problem+json', body: { status, detail } };
}

function send(response: ServerResponse, { status, type, body, headers }: AdminAnswer, isHead: boolean): void {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body, undefined, 2)}\n`;
  response.writeHead(status, {
    'Content-Type': type ?? 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(isHead ? undefined : text);
}
