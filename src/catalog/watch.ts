import { setTimeout as sleep } from 'node:timers/promises';
import type { Observe } from '../base/event.ts';
import type { Database } from '../db/database.ts';
import type { Catalog, Facts } from './catalog.ts';
import { diffCatalogs, isEmptyDiff } from './diff.ts';
import { discover } from './discover.ts';
import type { Discovery } from './discover.ts';
import { createFacts } from './facts.ts';
import { createSampleMemory } from './open-columns.ts';
import type { SelectionOptions } from './select-relations.ts';

/** The catalogue kept up to date. */
export interface CatalogWatcher {
  /** The newest catalogue; a request takes it once and keeps it. */
  current(): Catalog;
  readonly facts: Facts;
  /** Looks again at once (SIGHUP, NOTIFY); never rejects: a failure keeps the old catalogue and is observed. */
  refresh(): Promise<void>;
  /** For services that met a table or column that is gone (42P01, 42703): looks again, at most once a second. */
  drifted(): void;
  /** Ends the timer, a discovery that is under way and the facts in the background. */
  close(): void;
}

/** What a watcher needs. */
export interface CatalogWatcherOptions {
  readonly database: Database;
  readonly config: SelectionOptions & { readonly refreshSeconds: number };
  readonly observe: Observe;
}

/** Pause between a discovery and the next that was asked for meanwhile, so that a storm of notices is not one of work. */
const PAUSE_MS = 250;
/** Refreshes that services ask for are this far apart at least: a view that is broken for good asks at every request. */
const DRIFT_MS = 1_000;

/**
 * Discovers once and then again at every refresh time.
 * @throws AppError when the first discovery fails
 */
export async function createCatalogWatcher(options: CatalogWatcherOptions): Promise<CatalogWatcher> {
  const { database, config, observe } = options;
  const closing = new AbortController();
  const memory = createSampleMemory();
  const load = async (): Promise<Discovery> => {
    const started = performance.now();
    const discovery = await discover(database, config, memory, closing.signal);
    const { collections, findings } = discovery.catalog;
    const left = findings.filter(({ level }) => level === 'left-out').length;
    observe({ kind: 'catalog.loaded', collections: collections.size, left, durationMs: performance.now() - started });
    return discovery;
  };

  let state = await load();
  const facts = createFacts({ database, state: () => state, observe, signal: closing.signal });

  const reload = async (): Promise<void> => {
    try {
      const next = await load();
      const diff = diffCatalogs(state.catalog, next.catalog);
      state = next;
      if (!isEmptyDiff(diff)) observe({ kind: 'catalog.changed', ...diff });
    } catch (error) {
      if (!closing.signal.aborted) observe({ kind: 'catalog.failed', error });
    }
  };
  const refresh = createCoalescer(reload);
  const timer = config.refreshSeconds > 0 ? setInterval(() => void refresh(), config.refreshSeconds * 1_000).unref() : undefined;
  const drift = createThrottle(DRIFT_MS, () => void refresh());
  return {
    current: () => state.catalog,
    facts,
    refresh,
    drifted: drift.ask,
    close() {
      clearInterval(timer);
      drift.close();
      closing.abort(new Error('The catalogue watcher is closed'));
    },
  };
}

/** Runs at once when asked, but not twice within `pauseMs`: what is asked meanwhile runs once at its end. */
function createThrottle(pauseMs: number, run: () => void): { ask(): void; close(): void } {
  let pause: NodeJS.Timeout | undefined;
  let again = false;
  const begin = (): void => {
    again = false;
    run();
    pause = setTimeout(() => {
      pause = undefined;
      if (again) begin();
    }, pauseMs);
    pause.unref();
  };
  return {
    ask() {
      if (pause === undefined) begin();
      else again = true;
    },
    close: () => clearTimeout(pause),
  };
}

/** One run at a time; whoever asks during a run gets the one after it, which sees what made them ask. */
function createCoalescer(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = async (): Promise<void> => {
    next = undefined;
    running = run();
    await running;
    running = undefined;
  };
  return () => {
    if (next !== undefined) return next;
    if (running === undefined) return start();
    next = running.then(() => sleep(PAUSE_MS, undefined, { ref: false })).then(start);
    return next;
  };
}
