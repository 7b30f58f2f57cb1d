import { boxText } from '../crs/crs-service.ts';
import type { PreparedMap } from './prepare-map.ts';

/** Where a map lies, as its answer says it (OGC 20-058 /req/core/map-response, /req/orientation): bare URIs, no brackets. */
export function mapHeaders({ plan, datetime }: PreparedMap, orientation: number | undefined): Readonly<Record<string, string>> {
  return {
    'Content-Crs': plan.crs.uri,
    'Content-Bbox': boxText(plan.bbox, plan.crs),
    ...(datetime === undefined ? {} : { 'Content-Datetime': datetime }),
    ...(orientation === undefined ? {} : { 'Content-Orientation': String(orientation) }),
  };
}
