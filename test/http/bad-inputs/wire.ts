import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

/** A request as it is put on the wire: the target is sent as it stands, nothing is normalised or encoded. */
export interface WireRequest {
  readonly method?: string;
  /** `/collections/%zz/items?limit=1` */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response with its body as bytes. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2 });

/** Sends a request to the server whose root is `http://127.0.0.1:8080`. */
export async function send(root: string, wire: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(root);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method: wire.method ?? 'GET', path: wire.target, headers: { ...wire.headers } };
    const sent = request(options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** What came back on a raw connection until the server closed it. */
export interface RawAnswer {
  readonly status: number;
  /** Header lines in lower case. */
  readonly head: string;
  readonly body: string;
  /** True when the server closed the connection of itself. */
  readonly closed: boolean;
  readonly elapsedMs: number;
}

/** Writes text on a fresh connection and reads until the server closes it, at most `waitMs`. */
export async function sendRaw(root: string, text: string, waitMs = 3000): Promise<RawAnswer> {
  const { hostname, port } = new URL(root);
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const finish = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...takeApart(Buffer.concat(pieces).toString('utf8')), closed, elapsedMs: performance.now() - begin });
    };
    const timer = setTimeout(() => finish(false), waitMs);
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('end', () => finish(true));
    socket.on('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ECONNRESET') finish(true);
      else reject(error);
    });
  });
}

function takeApart(text: string): Pick<RawAnswer, 'status' | 'head' | 'body'> {
  const at = text.indexOf('\r\n\r\n');
  const head = at < 0 ? text : text.slice(0, at);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, head: head.toLowerCase(), body: at < 0 ? '' : text.slice(at + 4) };
}
