import { proj4Parameter, type CrsDefinition } from '../../crs/crs-definition.ts';

/** A GeoKey with a code, a number or a text. */
export type GeoKey = readonly [id: number, value: { readonly code: number } | { readonly number: number } | { readonly text: string }];

const USER_DEFINED = 32_767;

/** Ids of the keys of a projection's parameters (GeoTIFF 1.1, OGC 19-008r4 §7.5.3 and annex D). */
const KEY = {
  projection: 3074,
  method: 3075,
  units: 3076,
  unitSize: 3077,
  parallel1: 3078,
  parallel2: 3079,
  originLongitude: 3080,
  originLatitude: 3081,
  easting: 3082,
  northing: 3083,
  falseLongitude: 3084,
  falseLatitude: 3085,
  falseEasting: 3086,
  falseNorthing: 3087,
  centreLongitude: 3088,
  centreLatitude: 3089,
  scale: 3092,
  poleLongitude: 3095,
} as const;

type Name = keyof typeof KEY;

/** A method's code (OGC 19-008r4 annex G.2) and which PROJ parameter each of its keys takes, with what it is by default. */
interface Method {
  readonly code: number;
  readonly keys: readonly (readonly [key: Name, parameter: string, absent: number])[];
}

const EASTING = ['easting', 'x_0', 0] as const;
const NORTHING = ['northing', 'y_0', 0] as const;
const ORIGIN = [['originLongitude', 'lon_0', 0], ['originLatitude', 'lat_0', 0], EASTING, NORTHING] as const;
const CENTRE = [['centreLongitude', 'lon_0', 0], ['centreLatitude', 'lat_0', 0], EASTING, NORTHING] as const;
const LONGITUDE_ONLY = [['centreLongitude', 'lon_0', 0], EASTING, NORTHING] as const;
const PARALLELS = [
  ['parallel1', 'lat_1', 0],
  ['parallel2', 'lat_2', 0],
] as const;

const METHODS: Readonly<Record<string, Method>> = {
  tmerc: { code: 1, keys: [...ORIGIN, ['scale', 'k_0', 1]] },
  aea: { code: 11, keys: [...PARALLELS, ...ORIGIN] },
  aeqd: { code: 12, keys: CENTRE },
  cass: { code: 18, keys: ORIGIN },
  cea: { code: 28, keys: [['parallel1', 'lat_ts', 0], ['originLongitude', 'lon_0', 0], EASTING, NORTHING] },
  eqc: { code: 17, keys: [['parallel1', 'lat_ts', 0], ...CENTRE] },
  eqdc: { code: 13, keys: [...PARALLELS, ...ORIGIN] },
  gnom: { code: 19, keys: CENTRE },
  laea: { code: 10, keys: CENTRE },
  mill: { code: 20, keys: CENTRE },
  ortho: { code: 21, keys: CENTRE },
  poly: { code: 22, keys: [...ORIGIN, ['scale', 'k_0', 1]] },
  robin: { code: 23, keys: LONGITUDE_ONLY },
  sinu: { code: 24, keys: LONGITUDE_ONLY },
  sterea: { code: 16, keys: [...ORIGIN, ['scale', 'k_0', 1]] },
  vandg: { code: 25, keys: LONGITUDE_ONLY },
};

const MERCATOR_1: Method = { code: 7, keys: [...ORIGIN, ['scale', 'k_0', 1]] };
const MERCATOR_2: Method = { code: 7, keys: [['parallel1', 'lat_ts', 0], ...ORIGIN] };
const POLAR: Method = {
  code: 15,
  keys: [['poleLongitude', 'lon_0', 0], ['originLatitude', 'lat_ts', 90], ['scale', 'k_0', 1], EASTING, NORTHING],
};
const STEREOGRAPHIC: Method = { code: 14, keys: [...CENTRE, ['scale', 'k_0', 1]] };
const LAMBERT_1: Method = { code: 9, keys: [...ORIGIN, ['scale', 'k_0', 1]] };
const LAMBERT_2: Method = {
  code: 8,
  keys: [
    ...PARALLELS,
    ['falseLongitude', 'lon_0', 0],
    ['falseLatitude', 'lat_0', 0],
    ['falseEasting', 'x_0', 0],
    ['falseNorthing', 'y_0', 0],
  ],
};

/** PROJ's units of length: EPSG code and metres. */
const UNITS: Readonly<Record<string, readonly [code: number, metres: number]>> = {
  m: [9001, 1],
  ft: [9002, 0.3048],
  'us-ft': [9003, 1200 / 3937],
  km: [9036, 1000],
  fath: [9014, 1.8288],
  yd: [9096, 0.9144],
};

/** Keys whose values are lengths: in metres in PROJ, in the units of the CRS here. */
const LENGTHS: readonly Name[] = ['easting', 'northing', 'falseEasting', 'falseNorthing'];

/** Keys that define a projection by its method and parameters; undefined where GeoTIFF has no such method. */
export function projectionKeys(definition: CrsDefinition): readonly GeoKey[] | undefined {
  if (proj4Parameter(definition, 'proj') === 'utm') return [[KEY.projection, { code: USER_DEFINED }], ...utmKeys(definition)];
  const method = methodOf(definition);
  if (method === undefined) return undefined;
  const metres = metresOf(definition);
  const keys = method.keys.map(([key, parameter, absent]): GeoKey => {
    const value = numberOf(definition, parameter) ?? absent;
    return [KEY[key], { number: LENGTHS.includes(key) ? value / metres : value }];
  });
  return [[KEY.projection, { code: USER_DEFINED }], [KEY.method, { code: method.code }], ...keys];
}

/** Keys of the units of eastings and northings. */
export function lengthUnitKeys(definition: CrsDefinition): readonly GeoKey[] {
  const [code] = UNITS[proj4Parameter(definition, 'units') ?? 'm'] ?? [];
  if (code !== undefined && numberOf(definition, 'to_meter') === undefined) return [[KEY.units, { code }]];
  return [
    [KEY.units, { code: USER_DEFINED }],
    [KEY.unitSize, { number: metresOf(definition) }],
  ];
}

function metresOf(definition: CrsDefinition): number {
  const [, metres = 1] = UNITS[proj4Parameter(definition, 'units') ?? 'm'] ?? [];
  return numberOf(definition, 'to_meter') ?? metres;
}

function methodOf(definition: CrsDefinition): Method | undefined {
  const has = (name: string): boolean => proj4Parameter(definition, name) !== undefined;
  const name = proj4Parameter(definition, 'proj') ?? '';
  if (name === 'merc') return has('lat_ts') ? MERCATOR_2 : MERCATOR_1;
  if (name === 'lcc') return has('lat_2') && numberOf(definition, 'lat_2') !== numberOf(definition, 'lat_1') ? LAMBERT_2 : LAMBERT_1;
  if (name === 'stere') return Math.abs(numberOf(definition, 'lat_0') ?? 0) === 90 ? POLAR : STEREOGRAPHIC;
  return METHODS[name];
}

/** A zone of UTM is a transverse Mercator projection. */
function utmKeys(definition: CrsDefinition): readonly GeoKey[] {
  const zone = numberOf(definition, 'zone') ?? 1;
  const isSouth = proj4Parameter(definition, 'south') !== undefined;
  return [
    [KEY.method, { code: 1 }],
    [KEY.originLongitude, { number: zone * 6 - 183 }],
    [KEY.originLatitude, { number: 0 }],
    [KEY.easting, { number: 500_000 }],
    [KEY.northing, { number: isSouth ? 10_000_000 : 0 }],
    [KEY.scale, { number: 0.9996 }],
  ];
}

/** `+k` is an older spelling of `+k_0`; a polar projection without `+lat_ts` has its scale at the pole. */
function numberOf(definition: CrsDefinition, name: string): number | undefined {
  const text = proj4Parameter(definition, name) ?? (name === 'k_0' ? proj4Parameter(definition, 'k') : undefined);
  const fallback = name === 'lat_ts' ? proj4Parameter(definition, 'lat_0') : undefined;
  const value = Number(text ?? fallback ?? 'none');
  return Number.isFinite(value) ? value : undefined;
}
