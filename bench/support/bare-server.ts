import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

/** `bare-server.js <port> <bytes>`: the least that Node can do with a tile of this size. */
const [, , port, size] = process.argv;
const body = randomBytes(Number(size));
const headers = {
  'Content-Type': 'application/vnd.mapbox-vector-tile',
  'Content-Length': body.length,
  'Cache-Control': 'public, max-age=60',
};

createServer((_, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(port), '127.0.0.1');
