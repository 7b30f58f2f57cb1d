import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that pages load from `/assets/{name}`. */
export interface Asset {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly mediaType: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Files of npm packages that pages use; nothing comes from another host. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'maplibre-gl': ['dist/maplibre-gl.mjs', 'dist/maplibre-gl-worker.mjs', 'dist/maplibre-gl.css'],
  'swagger-ui-dist': ['swagger-ui-bundle.js', 'swagger-ui.css'],
};

/** Every asset by name: our own in the package's `assets/`, and those of the packages that draw maps and explain the API. */
export function listAssets(): ReadonlyMap<string, Asset> {
  const own = fileURLToPath(new URL('../../assets/', import.meta.url));
  const files = [...readdirSync(own).map((name) => join(own, name)), ...packageFiles()];
  return new Map(
    files.flatMap((file) => {
      const mediaType = MEDIA_TYPES[extname(file)];
      const name = basename(file);
      return mediaType === undefined ? [] : [[name, { name, file, mediaType }]];
    }),
  );
}

function packageFiles(): readonly string[] {
  const require = createRequire(import.meta.url);
  return Object.entries(PACKAGES).flatMap(([name, files]) => {
    const root = dirname(require.resolve(`${name}/package.json`));
    return files.map((file) => join(root, file));
  });
}
