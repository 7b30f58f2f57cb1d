import { parseCrs } from '../../../crs/crs-uri.ts';
import type { CrsName } from '../../../crs/crs-uri.ts';
import type { Parameter } from '../../parameter.ts';
import { cannotParse } from '../../../base/cannot-parse.ts';

/**
 * A coordinate reference system as URI, safe CURIE `[EPSG:3857]` or bare `EPSG:3857` (OpenLayers sends that). Whether
 * the database can transform to it is the service's question. @throws AppError UNSUPPORTED_CRS
 */
export function crsParameter(name: string, doc: string): Parameter<CrsName | undefined> {
  return {
    name,
    in: 'query',
    doc: `${doc} As URI, \`[EPSG:3857]\` or \`EPSG:3857\`; any that PROJ knows.`,
    schema: { type: 'string', minLength: 1 },
    parse(raw) {
      if (raw === undefined) return undefined;
      const crs = parseCrs(raw);
      if (crs?.srid !== undefined && crs.form !== 'urn') return crs;
      throw cannotParse(name, raw, 'expected a CRS such as http://www.opengis.net/def/crs/EPSG/0/3857 or EPSG:3857', 'UNSUPPORTED_CRS');
    },
  };
}
