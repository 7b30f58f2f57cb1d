import { isGeographic, proj4Parameter } from '../../crs/crs-definition.ts';
import type { ValueCrs } from '../values.ts';
import type { Tag } from './directory.ts';
import { ellipsoidOf, geographicCode } from './ellipsoid.ts';
import { lengthUnitKeys, projectionKeys, type GeoKey } from './projection-keys.ts';

const USER_DEFINED = 32_767;
const DIRECTORY = 34_735;
const DOUBLES = 34_736;
const TEXTS = 34_737;

/** Ids of keys (OGC 19-008r4 §7.5). */
const KEY = {
  model: 1024,
  raster: 1025,
  geographic: 2048,
  geographicCitation: 2049,
  datum: 2050,
  meridian: 2051,
  angularUnits: 2054,
  ellipsoid: 2056,
  semiMajor: 2057,
  semiMinor: 2058,
  inverseFlattening: 2059,
  meridianLongitude: 2061,
  projected: 3072,
  projectedCitation: 3073,
} as const;

const PROJECTED = 1;
const GEOGRAPHIC = 2;
const PIXEL_IS_AREA = 1;
const GREENWICH = 8901;
const DEGREE = 9102;

/**
 * The tags that tell the CRS (GeoTIFF 1.1, OGC 19-008r4): by EPSG code, else by datum, ellipsoid, method and parameters,
 * and where it has no such method by the WKT as ESRI cites it. Without CRS only that pixels are areas.
 */
export function geoKeyTags(crs: ValueCrs | undefined): readonly Tag[] {
  const doubles: number[] = [];
  let texts = '';
  const entries = [...keysOf(crs)]
    .sort(([a], [b]) => a - b)
    .map(([id, value]): readonly number[] => {
      if ('code' in value) return [id, 0, 1, value.code];
      if ('number' in value) return [id, DOUBLES, 1, doubles.push(value.number) - 1];
      const text = `${asciiOf(value.text)}|`;
      texts += text;
      return [id, TEXTS, text.length, texts.length - text.length];
    });
  return [
    { id: DIRECTORY, type: 'short', values: [1, 1, 1, entries.length, ...entries.flat()] },
    ...(doubles.length === 0 ? [] : [{ id: DOUBLES, type: 'double', values: doubles } as const]),
    ...(texts === '' ? [] : [{ id: TEXTS, type: 'ascii', values: texts } as const]),
  ];
}

function keysOf(crs: ValueCrs | undefined): readonly GeoKey[] {
  const area: GeoKey = [KEY.raster, { code: PIXEL_IS_AREA }];
  if (crs === undefined) return [area];
  const geographic = isGeographic(crs);
  const model: GeoKey = [KEY.model, { code: geographic ? GEOGRAPHIC : PROJECTED }];
  if (crs.epsg !== undefined && crs.epsg < USER_DEFINED) {
    return [model, area, [geographic ? KEY.geographic : KEY.projected, { code: crs.epsg }]];
  }
  if (geographic) return [model, area, ...geographicKeys(crs)];
  const keys = projectionKeys(crs);
  // Without a method readers that follow ESRI's habit, GDAL among them, take the WKT of a model that is no known one.
  if (keys === undefined && crs.wkt !== undefined) {
    const unknown: GeoKey = [KEY.model, { code: USER_DEFINED }];
    const citation: GeoKey = [KEY.projectedCitation, { text: `ESRI PE String = ${crs.wkt}` }];
    return [unknown, area, ...geographicKeys(crs), citation, ...lengthUnitKeys(crs)];
  }
  const own: readonly GeoKey[] = [
    [KEY.projected, { code: USER_DEFINED }],
    [KEY.projectedCitation, { text: /^PROJCS\["([^"]+)"/.exec(crs.wkt ?? '')?.[1] ?? crs.proj4text }],
  ];
  return [model, area, ...geographicKeys(crs), ...own, ...(keys ?? []), ...lengthUnitKeys(crs)];
}

function geographicKeys(crs: ValueCrs): readonly GeoKey[] {
  const units: GeoKey = [KEY.angularUnits, { code: DEGREE }];
  const code = geographicCode(crs);
  if (code !== undefined) return [[KEY.geographic, { code }], units];
  const { code: ellipsoid, semiMajor, inverseFlattening } = ellipsoidOf(crs);
  const name = /^(?:PROJCS\[.*?)?GEOGCS\["([^"]+)"/s.exec(crs.wkt ?? '')?.[1];
  const figure: readonly GeoKey[] =
    inverseFlattening === undefined ? [[KEY.semiMinor, { number: semiMajor }]] : [[KEY.inverseFlattening, { number: inverseFlattening }]];
  return [
    [KEY.geographic, { code: USER_DEFINED }],
    [KEY.geographicCitation, { text: name ?? crs.proj4text }],
    [KEY.datum, { code: USER_DEFINED }],
    ...meridianKeys(crs),
    units,
    [KEY.ellipsoid, { code: ellipsoid ?? USER_DEFINED }],
    [KEY.semiMajor, { number: semiMajor }],
    ...figure,
  ];
}

function meridianKeys(crs: ValueCrs): readonly GeoKey[] {
  const longitude = Number(proj4Parameter(crs, 'pm') ?? 0);
  if (!Number.isFinite(longitude) || longitude === 0) return [[KEY.meridian, { code: GREENWICH }]];
  return [
    [KEY.meridian, { code: USER_DEFINED }],
    [KEY.meridianLongitude, { number: longitude }],
  ];
}

/** GeoTIFF's texts are ASCII, and `|` ends one. */
function asciiOf(text: string): string {
  return text.replaceAll(/[^\u{20}-\u{7E}]/gu, '?').replaceAll('|', '/');
}
