/**
 * A projection of the unit sphere whose parallels are straight and evenly divided, as three functions of a parameter t
 * that grows with the latitude: x = longitude · width(t), y = height(t), latitude = latitude(t), all odd or even in t.
 * One solver then serves both ways, whichever of the two has no closed form.
 */
export interface Pseudocylindrical {
  /** The parameter of the north pole. */
  readonly pole: number;
  /** Radians; the parameter itself when absent. */
  readonly latitude?: (t: number) => number;
  readonly width: (t: number) => number;
  readonly height: (t: number) => number;
  /** Where the map is torn from the equator to the poles; whole when absent. */
  readonly lobes?: { readonly north: readonly Lobe[]; readonly south: readonly Lobe[] };
}

/** A part of an interrupted map, in radians: its own longitudes, and the one that is straight. */
export interface Lobe {
  readonly west: number;
  readonly east: number;
  readonly middle: number;
}

const HALF = Math.PI / 2;

/** Mollweide's family: 2t + sin 2t proportional to the sine of the latitude, ending at t = pole. */
function ellipses(pole: number): Pseudocylindrical {
  const whole = 2 * pole + Math.sin(2 * pole);
  const r = Math.sqrt((2 * Math.PI * Math.sin(pole)) / whole);
  return elliptic({ pole, whole, across: (2 * r) / Math.PI, up: r / Math.sin(pole) });
}

function elliptic(of: { readonly pole: number; readonly whole: number; readonly across: number; readonly up: number }): Pseudocylindrical {
  return {
    pole: of.pole,
    latitude: (t) => Math.asin(Math.max(-1, Math.min(1, (2 * t + Math.sin(2 * t)) / of.whole))),
    width: (t) => of.across * Math.cos(t),
    height: (t) => of.up * Math.sin(t),
  };
}

/** The latitude is the parameter. */
function direct(width: (latitude: number) => number, height: (latitude: number) => number): Pseudocylindrical {
  return { pole: HALF, width, height };
}

const MOLLWEIDE = ellipses(HALF);
/** Where Goode joins the sinusoidal projection and Mollweide's, whose parallels are as long there: 40°44′. */
const GOODE_JOINT = 0.710_930_781_979_023_6;

/** Goode's homolosine: parametrised by the latitude below the joint and by Mollweide's angle above, moved to follow on. */
function homolosine(): Pseudocylindrical {
  const jointAngle = parameterAt(MOLLWEIDE.latitude, MOLLWEIDE.pole, GOODE_JOINT);
  const away = GOODE_JOINT - jointAngle;
  const shift = MOLLWEIDE.height(jointAngle) - GOODE_JOINT;
  const angle = (t: number): number => t - Math.sign(t) * away;
  const isInner = (t: number): boolean => Math.abs(t) <= GOODE_JOINT;
  return {
    pole: HALF + away,
    latitude: (t) => (isInner(t) ? t : (MOLLWEIDE.latitude?.(angle(t)) ?? t)),
    width: (t) => (isInner(t) ? Math.cos(t) : MOLLWEIDE.width(angle(t))),
    height: (t) => (isInner(t) ? t : MOLLWEIDE.height(angle(t)) - Math.sign(t) * shift),
  };
}

/** Lobes between longitudes, each with its middle, all in degrees: from -180, middle, edge, middle … to 180. */
function lobes(...degrees: readonly number[]): readonly Lobe[] {
  const radians = [-180, ...degrees, 180].map((value) => (value * Math.PI) / 180);
  return degrees.flatMap((_, i) =>
    i % 2 === 0 ? [{ west: radians[i] ?? 0, middle: radians[i + 1] ?? 0, east: radians[i + 2] ?? 0 }] : [],
  );
}

const ECKERT_1 = 2 * Math.sqrt(2 / (3 * Math.PI));
const ECKERT_3 = 2 / Math.sqrt(Math.PI * (4 + Math.PI));
const ECKERT_5 = 1 / Math.sqrt(2 + Math.PI);

/**
 * Projections by PROJ's names, from their authors' formulas (Snyder, "An Album of Map Projections", USGS Professional Paper
 * 1453; Šavrič, Jenny and others for Natural Earth). `standard` is the parallel of true scale where there is a choice, in radians.
 */
export function pseudocylindrical(name: string, standard: number): Pseudocylindrical | undefined {
  return FAMILIES[name]?.(standard);
}

const FAMILIES: Readonly<Record<string, ((standard: number) => Pseudocylindrical) | undefined>> = {
  moll: () => MOLLWEIDE,
  wag4: () => ellipses(Math.PI / 3),
  wag5: () =>
    elliptic({ pole: parameterAt((t) => 2 * t + Math.sin(2 * t), HALF, 3.008_96), whole: 3.008_96, across: 0.909_77, up: 1.650_14 }),
  goode: homolosine,
  igh: () => ({ ...homolosine(), lobes: { north: lobes(-100, -40, 30), south: lobes(-160, -100, -60, -20, 20, 80, 140) } }),
  igh_o: () => ({ ...homolosine(), lobes: { north: lobes(-140, -90, -10, 60, 130), south: lobes(-110, -60, 20, 90, 150) } }),
  eck1: () =>
    direct(
      (p) => ECKERT_1 * (1 - Math.abs(p) / Math.PI),
      (p) => ECKERT_1 * p,
    ),
  eck2: () => {
    const root = (p: number): number => Math.sqrt(4 - 3 * Math.sin(Math.abs(p)));
    return direct(
      (p) => (2 / Math.sqrt(6 * Math.PI)) * root(p),
      (p) => Math.sign(p) * Math.sqrt((2 * Math.PI) / 3) * (2 - root(p)),
    );
  },
  eck3: () =>
    direct(
      (p) => ECKERT_3 * (1 + Math.sqrt(Math.max(0, 1 - ((2 * p) / Math.PI) ** 2))),
      (p) => 2 * ECKERT_3 * p,
    ),
  eck4: () => ({
    pole: HALF,
    latitude: (t) => Math.asin(Math.max(-1, Math.min(1, (t + Math.sin(t) * Math.cos(t) + 2 * Math.sin(t)) / (2 + HALF)))),
    width: (t) => ECKERT_3 * (1 + Math.cos(t)),
    height: (t) => Math.PI * ECKERT_3 * Math.sin(t),
  }),
  eck5: () =>
    direct(
      (p) => ECKERT_5 * (1 + Math.cos(p)),
      (p) => 2 * ECKERT_5 * p,
    ),
  eck6: () => ({
    pole: HALF,
    latitude: (t) => Math.asin(Math.max(-1, Math.min(1, (t + Math.sin(t)) / (1 + HALF)))),
    width: (t) => ECKERT_5 * (1 + Math.cos(t)),
    height: (t) => 2 * ECKERT_5 * t,
  }),
  wink1: (standard) =>
    direct(
      (p) => (Math.cos(p) + Math.cos(standard)) / 2,
      (p) => p,
    ),
  wink2: (standard) => {
    const latitude = (t: number): number => Math.asin(Math.max(-1, Math.min(1, (2 * t + Math.sin(2 * t)) / Math.PI)));
    return {
      pole: HALF,
      latitude,
      width: (t) => (Math.cos(t) + Math.cos(standard)) / 2,
      height: (t) => (Math.PI / 4) * (Math.sin(t) + (2 * latitude(t)) / Math.PI),
    };
  },
  crast: () =>
    direct(
      (p) => Math.sqrt(3 / Math.PI) * (2 * Math.cos((2 * p) / 3) - 1),
      (p) => Math.sqrt(3 * Math.PI) * Math.sin(p / 3),
    ),
  qua_aut: () =>
    direct(
      (p) => Math.cos(p) / Math.cos(p / 2),
      (p) => 2 * Math.sin(p / 2),
    ),
  kav7: () =>
    direct(
      (p) => (Math.sqrt(3) / 2) * Math.sqrt(Math.max(0, 1 - 3 * (p / Math.PI) ** 2)),
      (p) => p,
    ),
  natearth: () =>
    direct(
      (p) => 0.8707 + p ** 2 * (-0.131_979 + p ** 2 * (-0.013_791 + p ** 6 * (0.003_971 - 0.001_529 * p ** 2))),
      (p) => p * (1.007_226 + p ** 2 * (0.015_085 + p ** 4 * (-0.044_475 + 0.028_874 * p ** 2 - 0.005_916 * p ** 4))),
    ),
  eqc: (standard) =>
    direct(
      () => Math.cos(standard),
      (p) => p,
    ),
  gall: () =>
    direct(
      () => Math.SQRT1_2,
      (p) => (1 + Math.SQRT1_2) * Math.tan(p / 2),
    ),
  mill: () =>
    direct(
      () => 1,
      (p) => 1.25 * Math.asinh(Math.tan(0.8 * p)),
    ),
};

const ROUNDS = 60;
const EXACT = 1e-15;

/**
 * The t within ±pole at which a growing odd function takes a value: secants that stay between the last two sides, so that
 * the flat ends at poles do no harm. NaN beyond the function's values.
 */
export function parameterAt(of: ((t: number) => number) | undefined, pole: number, value: number): number {
  if (of === undefined) return Math.abs(value) <= pole + EXACT ? value : Number.NaN;
  let [low, high] = [-pole, pole];
  let [below, above] = [of(low) - value, of(high) - value];
  if (!(below <= EXACT && above >= -EXACT)) return Number.NaN;
  for (let round = 0; round < ROUNDS && high - low > EXACT; round += 1) {
    // Every third step halves, which bounds the number of steps.
    const t = round % 3 === 2 || !(above > below) ? (low + high) / 2 : low - (below * (high - low)) / (above - below);
    const off = of(t) - value;
    if (Math.abs(off) < EXACT) return t;
    if (off < 0) [low, below] = [t, off];
    else [high, above] = [t, off];
  }
  return (low + high) / 2;
}
