/**
 * Headers of every answer. Constants, because helmet's defaults are for sites on https (its upgrade-insecure-requests
 * and HSTS blank our pages on a LAN address) and cached tiles leave before any middleware.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; '),
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Everything is public and read-only, so any origin may read; credentials are never allowed. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'Age, Cache-Status, Content-Bbox, Content-Crs, Content-Datetime, Content-Disposition, Content-Orientation, Content-Range, ETag, Link, Preference-Applied, Retry-After, Server-Timing, ' +
    'Tile-Truncated, Values-Mask, Values-Nodata, Values-Offset, Values-Range, Values-Scale, Values-Shape, Values-Type, X-Request-Id',
};

/** Methods of every resource in this server that takes no body. */
export const ALLOW = 'GET, HEAD, OPTIONS';

/** The headers that name a resource's methods. */
export function allowing(methods: string): Readonly<Record<string, string>> {
  return { Allow: methods, 'Access-Control-Allow-Methods': methods };
}

/** Answers a CORS preflight (Fetch standard §3.2.2). */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  ...allowing(ALLOW),
  'Access-Control-Allow-Headers': 'Accept, Accept-Language, Authorization, Content-Type, If-None-Match, Prefer, Range, X-Request-Id',
  'Access-Control-Max-Age': '86400',
};

/** The same for every answer, as one flat list of names and values: written once, not set one by one at each request. */
export const BASE_HEADERS: readonly string[] = [
  ...Object.entries(SECURITY_HEADERS).flat(),
  ...Object.entries(CORS_HEADERS).flat(),
  'Vary',
  'Accept, Accept-Encoding',
];
