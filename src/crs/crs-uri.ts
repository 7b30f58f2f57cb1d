import { isNorthingFirst } from './northing-first.ts';

/** WGS 84, longitude before latitude: the default of every OGC API. */
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
/** The same with ellipsoidal height. */
const CRS84H = 'http://www.opengis.net/def/crs/OGC/0/CRS84h';

/** A coordinate reference system as a client or document names it. */
export interface CrsName {
  /** Canonical spelling: `http://www.opengis.net/def/crs/{authority}/{version}/{code}`. */
  readonly uri: string;
  readonly authority: string;
  readonly code: string;
  /** Key in spatial_ref_sys; CRS84 and CRS84h are 4326 (axis order aside). Undefined for names that have none. */
  readonly srid: number | undefined;
  /** True when the authority puts latitude or northing first. */
  readonly northingFirst: boolean;
  /** How it was spelled: not every standard takes every form. */
  readonly form: 'uri' | 'urn' | 'safe-curie' | 'curie';
}

const FORMS = [
  ['uri', /^https?:\/\/www\.opengis\.net\/def\/crs\/([A-Za-z]+)\/([\w.]+)\/([\w-]+)$/],
  ['urn', /^urn:(?:x-)?ogc:def:crs:([A-Za-z]+):([\w.]*):([\w-]+)$/i],
  ['safe-curie', /^\[([A-Za-z]+)():([\w-]+)\]$/],
  ['curie', /^([A-Za-z]+)():([\w-]+)$/],
] as const;

/** Reads a CRS name as URI (http or https), URN, safe CURIE `[EPSG:3857]` or bare `EPSG:3857`; undefined when it is none. */
export function parseCrs(text: string): CrsName | undefined {
  for (const [form, pattern] of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [, authority = '', , code = ''] = match;
    return nameCrs(authority.toUpperCase(), code, form);
  }
  return undefined;
}

/** URI under which data with this SRID are described as stored: traditional axis order, hence CRS84 for 4326. */
export function storageCrsUri(srid: number): string {
  return srid === 4326 ? CRS84 : epsgUri(String(srid));
}

function nameCrs(authority: string, code: string, form: CrsName['form']): CrsName | undefined {
  if (authority === 'OGC' || authority === 'CRS') return nameOgcCrs(code, form);
  if (authority !== 'EPSG') {
    // ESRI's codes are their own SRIDs in spatial_ref_sys; of other authorities nothing is known.
    const srid = authority === 'ESRI' ? parseCode(code) : undefined;
    const uri = `http://www.opengis.net/def/crs/${authority}/0/${code}`;
    return { uri, authority, code, srid, northingFirst: false, form };
  }
  const srid = parseCode(code);
  if (srid === undefined) return undefined;
  return { uri: epsgUri(code), authority, code, srid, northingFirst: isNorthingFirst(srid), form };
}

function nameOgcCrs(code: string, form: CrsName['form']): CrsName | undefined {
  const known = { CRS84: CRS84, CRS84H: CRS84H, '84': CRS84, '84H': CRS84H };
  const found = Object.entries(known).find(([name]) => name === code.toUpperCase());
  if (found === undefined) return undefined;
  const [, uri] = found;
  return { uri, authority: 'OGC', code: uri === CRS84 ? 'CRS84' : 'CRS84h', srid: 4326, northingFirst: false, form };
}

function epsgUri(code: string): string {
  return `http://www.opengis.net/def/crs/EPSG/0/${code}`;
}

// The canonical decimal form only, within PostGIS' range of SRIDs (SRID_MAXIMUM 999999).
function parseCode(code: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(code) ? Number(code) : undefined;
}
