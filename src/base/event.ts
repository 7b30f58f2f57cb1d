/** Everything that the program says about itself while it runs; logs and metrics subscribe, nobody else formats. */
export type Observation =
  | {
      readonly kind: 'http.request';
      readonly requestId: string;
      readonly method: string;
      readonly routeId: string;
      readonly target: string;
      readonly status: number;
      readonly bytes: number;
      readonly durationMs: number;
      readonly cache: CacheResult;
      readonly aborted: boolean;
    }
  | { readonly kind: 'http.error'; readonly requestId: string; readonly error: unknown }
  | { readonly kind: 'http.shed'; readonly reason: string }
  | {
      readonly kind: 'db.query';
      readonly name: string;
      readonly durationMs: number;
      readonly ok: boolean;
    }
  | { readonly kind: 'db.cancel'; readonly result: 'cancelled' | 'quarantined' | 'failed' }
  | { readonly kind: 'db.lost'; readonly error: unknown }
  | { readonly kind: 'db.back' }
  | { readonly kind: 'db.drift'; readonly sqlstate: string }
  | { readonly kind: 'db.notice'; readonly message: string }
  | {
      readonly kind: 'catalog.loaded';
      readonly collections: number;
      readonly left: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'catalog.changed';
      readonly added: readonly string[];
      readonly changed: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: 'catalog.failed'; readonly error: unknown }
  | { readonly kind: 'catalog.warning'; readonly message: string }
  | {
      readonly kind: 'tile.rendered';
      readonly what: 'vector' | 'map';
      readonly collection: string;
      readonly durationMs: number;
      readonly bytes: number;
    };

/** How the response cache took part in an answer. */
export type CacheResult = 'hit' | 'stale' | 'miss' | 'bypass';

/** Takes one observation; must not throw and must not wait. */
export type Observe = (observation: Observation) => void;
