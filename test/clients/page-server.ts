import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/** A page of somebody else's, on an origin of its own. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const MAPLIBRE = fileURLToPath(new URL('../../node_modules/maplibre-gl/dist/', import.meta.url));

/** Serves one HTML page at `/`, and beside it MapLibre's own files. The host is `localhost`, ours is an address: two origins. */
export async function servePage(html: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').replace(/^\/|\?.*$/g, '');
    const body = name === '' ? Promise.resolve(Buffer.from(html)) : readFile(`${MAPLIBRE}${name.replace(/[^\w.-]/g, '')}`);
    body.then(
      (bytes) => response.writeHead(200, { 'Content-Type': typeOf(name) }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The page server has no address');
  return {
    url: `http://localhost:${address.port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function typeOf(name: string): string {
  if (name.endsWith('.mjs') || name.endsWith('.js')) return 'text/javascript';
  return name.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8';
}
