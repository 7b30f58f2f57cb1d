import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Observation, Observe } from '../base/event.ts';

/** Metrics in Prometheus' text form. */
export interface Metrics {
  readonly observe: Observe;
  /** Adds a gauge that is read when the metrics are asked for; keys are the values of `label`. */
  watch(gauge: WatchedGauge): void;
  render(): Promise<string>;
  readonly contentType: string;
}

/** A number of a kind for each value of a label, as `Database.connections` gives them. */
export interface WatchedGauge {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly read: () => Readonly<Record<string, number>>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics that subscribe to observations. Labels are bounded: route ids, statement names, statuses; never URLs or ids. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const count = createCounters(registry);
  return {
    observe: (observation) => record(count, observation),
    watch({ name, help, label, read }) {
      const gauge = new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        collect() {
          for (const [key, value] of Object.entries(read())) gauge.set({ [label]: key }, value);
        },
      });
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

type Counters = ReturnType<typeof createCounters>;

function createCounters(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Time of requests until the end of the answer',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    aborted: new Counter({
      name: 'http_server_requests_aborted_total',
      help: 'Requests whose client left before the end',
      labelNames: ['route'],
      registers,
    }),
    bytes: new Counter({ name: 'http_server_response_bytes_total', help: 'Bytes of bodies sent', labelNames: ['route'], registers }),
    cache: new Counter({ name: 'cache_requests_total', help: 'Part of the response cache in answers', labelNames: ['result'], registers }),
    shed: new Counter({ name: 'admission_shed_total', help: 'Requests refused for overload', labelNames: ['reason'], registers }),
    statements: new Histogram({
      name: 'db_client_operation_duration_seconds',
      help: 'Time of statements, waiting for a connection included',
      labelNames: ['statement', 'ok'],
      buckets: SECONDS,
      registers,
    }),
    cancels: new Counter({
      name: 'sql_cancel_total',
      help: 'Statements cancelled because nobody waits for them',
      labelNames: ['result'],
      registers,
    }),
    available: new Gauge({ name: 'db_available', help: '1 while the database answers', registers }),
    losses: new Counter({ name: 'db_lost_total', help: 'Times that the database was lost', registers }),
    drift: new Counter({ name: 'db_drift_total', help: 'Statements that no longer fit the database', labelNames: ['sqlstate'], registers }),
    reloads: new Counter({ name: 'catalog_reload_total', help: 'Reads of the catalogue', labelNames: ['result'], registers }),
    loadedAt: new Gauge({ name: 'catalog_loaded_timestamp_seconds', help: 'When the catalogue was last read', registers }),
    collections: new Gauge({ name: 'catalog_collections', help: 'Collections published', registers }),
    tiles: new Histogram({
      name: 'tile_render_duration_seconds',
      help: 'Time to make a tile',
      labelNames: ['what'],
      buckets: SECONDS,
      registers,
    }),
  };
}

function record(count: Counters, observation: Observation): void {
  switch (observation.kind) {
    case 'http.request':
      recordRequest(count, observation);
      return;
    case 'http.shed':
      count.shed.inc({ reason: observation.reason });
      return;
    case 'db.query':
      count.statements.observe({ statement: observation.name, ok: String(observation.ok) }, observation.durationMs / 1000);
      if (observation.ok) count.available.set(1);
      return;
    case 'db.cancel':
      count.cancels.inc({ result: observation.result });
      return;
    case 'db.lost':
      count.losses.inc();
      count.available.set(0);
      return;
    case 'db.back':
      count.available.set(1);
      return;
    case 'db.drift':
      count.drift.inc({ sqlstate: observation.sqlstate });
      return;
    case 'catalog.loaded':
      count.reloads.inc({ result: 'ok' });
      count.loadedAt.set(Date.now() / 1000);
      count.collections.set(observation.collections);
      return;
    case 'catalog.failed':
      count.reloads.inc({ result: 'failed' });
      return;
    case 'tile.rendered':
      count.tiles.observe({ what: observation.what }, observation.durationMs / 1000);
      return;
    default:
      // Told in the log only.
      return;
  }
}

function recordRequest(count: Counters, request: Observation & { readonly kind: 'http.request' }): void {
  const route = request.routeId;
  count.requests.observe({ method: request.method, route, status: String(request.status) }, request.durationMs / 1000);
  count.bytes.inc({ route }, request.bytes);
  count.cache.inc({ result: request.cache });
  if (request.aborted) count.aborted.inc({ route });
}
