/** A link as all OGC APIs write it (RFC 8288; OGC 17-069r4 §7.3). `href` is absolute, or a template when `templated`. */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
  readonly length?: number;
  readonly templated?: boolean;
}

const OGC = 'http://www.opengis.net/def/rel/ogc/1.0';

/** Relation names of the OGC's register, in the spelling that the standards and their test suites compare. */
export const REL = {
  conformance: `${OGC}/conformance`,
  data: `${OGC}/data`,
  schema: `${OGC}/schema`,
  tilesetsVector: `${OGC}/tilesets-vector`,
  tilesetsMap: `${OGC}/tilesets-map`,
  tilingSchemes: `${OGC}/tiling-schemes`,
  tilingScheme: `${OGC}/tiling-scheme`,
  styles: `${OGC}/styles`,
  map: `${OGC}/map`,
  legend: `${OGC}/legend`,
  coverage: `${OGC}/coverage`,
  coverageHttps: 'https://www.opengis.net/def/rel/ogc/1.0/coverage',
  coverageDomainSet: `${OGC}/coverage-domainset`,
  coverageRangeType: `${OGC}/coverage-rangetype`,
  tilesetsCoverage: `${OGC}/tilesets-coverage`,
  tilesetsMapHttps: 'https://www.opengis.net/def/rel/ogc/1.0/tilesets-map',
  mapHttps: 'https://www.opengis.net/def/rel/ogc/1.0/map',
} as const;
