import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** How the server is seen from outside. */
export interface ProxySettings {
  /** Absolute URL of the landing page; wins over every header. */
  readonly publicUrl: string | undefined;
  /** Addresses or CIDR ranges whose `Forwarded` and `X-Forwarded-*` are believed. */
  readonly trustedProxies: readonly string[];
}

/** Where a request came to, as its client sees it. */
export interface Origin {
  /** Absolute URL of the landing page without a trailing slash. */
  readonly root: string;
  /** Base path without a trailing slash, `''` for none. */
  readonly basePath: string;
  readonly trusted: boolean;
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;
const PREFIX = /^(\/[\w.~-]+)+$/;

/**
 * Tells the root URL of each request: the configured public URL, else `Forwarded` (RFC 7239) or `X-Forwarded-*` from
 * a trusted address, else the `Host` header over http. Anything malformed is ignored, never echoed.
 */
export function createOriginReader(settings: ProxySettings): (request: IncomingMessage) => Origin {
  const trusted = trustList(settings.trustedProxies);
  const fixed = settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl);
  const isDirect = fixed === undefined && settings.trustedProxies.length === 0;
  let last: { readonly host: string; readonly origin: Origin } | undefined;
  return (request) => {
    const { host: given } = request.headers;
    // Nobody is trusted: the Host header alone decides, and it is nearly always that of the request before.
    if (isDirect && given !== undefined && last?.host === given) return last.origin;
    const origin = readOrigin(request);
    if (isDirect && given !== undefined && validHost(given) !== undefined) last = { host: given, origin };
    return origin;
  };
  function readOrigin(request: IncomingMessage): Origin {
    const isTrusted = trusted(request.socket.remoteAddress);
    if (fixed !== undefined) {
      const basePath = fixed.pathname.replace(/\/+$/, '');
      return { root: fixed.origin + basePath, basePath, trusted: isTrusted };
    }
    const forwarded = isTrusted ? forwardedParts(request) : {};
    const host = validHost(forwarded.host) ?? validHost(request.headers.host) ?? localHost(request);
    const proto = forwarded.proto === 'https' ? 'https' : 'http';
    const basePath = forwarded.prefix ?? '';
    return { root: `${proto}://${host}${basePath}`, basePath, trusted: isTrusted };
  }
}

function trustList(addresses: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    if (address === undefined || addresses.length === 0) return false;
    const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
    return list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
  };
}

interface Forwarded {
  readonly host?: string | undefined;
  readonly proto?: string | undefined;
  readonly prefix?: string | undefined;
}

function forwardedParts(request: IncomingMessage): Forwarded {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
  };
  const prefix = header('x-forwarded-prefix')?.replace(/\/+$/, '');
  const path = prefix !== undefined && PREFIX.test(prefix) ? prefix : undefined;
  const standard = header('forwarded');
  if (standard !== undefined) {
    const pairs = new Map(
      standard.split(';').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')] as const;
      }),
    );
    return { host: pairs.get('host'), proto: pairs.get('proto')?.toLowerCase(), prefix: path };
  }
  const host = header('x-forwarded-host');
  const port = header('x-forwarded-port');
  const withPort = host !== undefined && port !== undefined && /^\d{1,5}$/.test(port) && !/:\d+$/.test(host);
  const proto = header('x-forwarded-proto')?.toLowerCase();
  const standardPort = proto === 'https' ? '443' : '80';
  return {
    host: withPort && port !== standardPort ? `${host}:${port}` : host,
    proto,
    prefix: path,
  };
}

function validHost(host: string | undefined): string | undefined {
  return host !== undefined && host.length < 256 && HOST.test(host) ? host : undefined;
}

function localHost(request: IncomingMessage): string {
  const { localAddress = 'localhost', localPort = 80 } = request.socket;
  return isIPv6(localAddress) ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`;
}
