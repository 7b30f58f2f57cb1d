import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/** A page of somebody else's, on an origin of its own. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The browser libraries that a page may load, by the path of their files below node_modules. */
const LIBRARIES = /^(maplibre-gl|ol|proj4)\/dist\/[\w.-]+$|^geotiff\/dist-browser\/[\w.-]+$/;

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** Serves one HTML page at `/`, and beside it files of browser libraries. The host is `localhost`, ours is an address: two origins. */
export async function servePage(html: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').replace(/^\/|\?.*$/g, '');
    bodyOf(name, html).then(
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

async function bodyOf(name: string, html: string): Promise<Buffer> {
  if (name === '') return Buffer.from(html);
  if (!LIBRARIES.test(name)) throw new Error(`No page loads ${name}`);
  return readFile(`${MODULES}${name}`);
}

function typeOf(name: string): string {
  if (name.endsWith('.mjs') || name.endsWith('.js')) return 'text/javascript';
  return name.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8';
}
