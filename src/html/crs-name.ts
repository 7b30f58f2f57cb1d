/** `http://www.opengis.net/def/crs/EPSG/0/3857` → `EPSG:3857`; what is spelled otherwise stays. */
export function crsName(uri: string): string {
  const [, authority, code] = /\/def\/crs\/([^/]+)\/[^/]+\/([^/]+)$/.exec(uri) ?? [];
  return authority === undefined ? uri : `${authority}:${code}`;
}
