import { tileAround } from './raster-cases.ts';

/** A table with a look in the words that TiTiler and we share, and tiles inside its data. */
export interface LookCase {
  readonly what: string;
  readonly table: string;
  readonly look: Readonly<Record<string, string>>;
  /** How both resample. */
  readonly resampling: 'bilinear' | 'nearest';
  readonly tiles: readonly { readonly z: number; readonly x: number; readonly y: number }[];
}

const CLASSES = Object.fromEntries(
  Array.from({ length: 16 }, (_, n) => [String(n + 1), `#${((n * 5_592_405 + 2_105_376) % 16_777_216).toString(16).padStart(6, '0')}`]),
);

/** The pictures of the comparison: colours, heights in colours, 16 bits, classes, an index, and 648 megapixels. */
export const LOOK_CASES: readonly LookCase[] = [
  look(
    'RGB',
    'r_bluemarble',
    {},
    {
      zooms: [2, 3, 4, 5],
      places: [
        [10, 45],
        [-60, -20],
      ],
    },
  ),
  look(
    'float in colours',
    'r_egm96',
    { rescale: '-100,85', colormap_name: 'viridis' },
    {
      zooms: [2, 3, 4, 5],
      places: [
        [10, 45],
        [-60, -20],
      ],
    },
  ),
  look(
    '16 bits, three bands',
    'r_mosaic16_utm18',
    { rescale: '0,10000' },
    {
      zooms: [8, 9, 10],
      places: [
        [-74.458, 46.025],
        [-74.9, 46.3],
      ],
    },
  ),
  look(
    'classes',
    'r_landcover',
    { colormap: JSON.stringify(CLASSES) },
    {
      zooms: [14, 15, 16, 17],
      places: [
        [-79.394, 39.8444],
        [-79.38, 39.83],
      ],
      resampling: 'nearest',
    },
  ),
  look(
    'NDVI',
    'r_landsat7',
    { expression: '(b4-b3)/(b4+b3)', rescale: '-1,1', colormap_name: 'rdylgn' },
    {
      zooms: [12, 13, 14],
      places: [
        [-34.871, -7.995],
        [-34.89, -7.98],
      ],
    },
  ),
  look(
    '648 megapixels',
    'r_world001',
    { rescale: '0,255' },
    {
      zooms: [2, 4, 6, 8, 10],
      places: [
        [10, 45],
        [-60, -20],
      ],
    },
  ),
];

interface Wanted {
  readonly zooms: readonly number[];
  readonly places: readonly (readonly [number, number])[];
  readonly resampling?: LookCase['resampling'];
}

function look(what: string, table: string, parameters: LookCase['look'], { zooms, places, resampling = 'bilinear' }: Wanted): LookCase {
  const all = zooms.flatMap((z) => places.map(([lon, lat]) => ({ z, ...tileAround(z, lon, lat) })));
  const tiles = all.filter((a, i) => all.findIndex((b) => a.z === b.z && a.x === b.x && a.y === b.y) === i);
  return { what, table, look: parameters, resampling, tiles };
}
