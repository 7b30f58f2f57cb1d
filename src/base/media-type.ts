/** The media types of the program with their `f=` keys; one place, so that links and answers cannot differ. */
export const MEDIA = {
  json: 'application/json',
  html: 'text/html',
  geojson: 'application/geo+json',
  schema: 'application/schema+json',
  problem: 'application/problem+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  style: 'application/vnd.mapbox.style+json',
  mvt: 'application/vnd.mapbox-vector-tile',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  /** A picture, georeferenced. */
  tiff: 'image/tiff',
  /** Numbers: the media type of OGC API Coverages and of TiTiler. */
  geotiff: 'image/tiff; application=geotiff',
  /** OGC 21-026 §11.1. */
  cog: 'image/tiff; application=geotiff; profile=cloud-optimized',
  /** What TiTiler says of NumPy files; none is registered. */
  npy: 'application/x-binary',
  asc: 'text/plain',
  xyz: 'text/plain',
  raw: 'application/octet-stream',
} as const;

/** One media range of an `Accept` header with its weight (RFC 9110 §12.5.1). */
export interface MediaRange {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly weight: number;
}

/** Parses an `Accept` header; malformed parts are ignored, weights default to 1 and are clamped to 0..1. */
export function parseAccept(header: string): readonly MediaRange[] {
  return header.split(',').flatMap((part) => {
    const [type = '', ...rest] = part.split(';').map((s) => s.trim());
    if (!/^(\*|[\w!#$&^.+-]+)(\/(\*|[\w!#$&^.+-]+))?$/.test(type)) return [];
    const parameters: Record<string, string> = {};
    let weight = 1;
    for (const item of rest) {
      const [name = '', value = ''] = item.split('=').map((s) => s.trim());
      if (name.toLowerCase() === 'q') weight = Math.min(1, Math.max(0, Number.isNaN(Number(value)) ? 1 : Number(value)));
      else if (name !== '') parameters[name.toLowerCase()] = value.replace(/^"(.*)"$/, '$1');
    }
    // `*` alone is what Java's URLConnection sends for `*/*`.
    return [{ type: type === '*' ? '*/*' : type.toLowerCase(), parameters, weight }];
  });
}
