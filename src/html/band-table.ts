import type { Band } from '../catalog/collection.ts';
import { element as h, type Element } from '../markup/element.ts';
import { figure } from './figure.ts';
import { scrollTable } from './table.ts';

/** The bands of a raster; columns that would be empty are left out. */
export function bandTable(bands: readonly Band[]): Element {
  const columns: readonly (readonly [string, (band: Band, index: number) => string | Element | undefined])[] = [
    ['Band', (_, i) => `b${i + 1}`],
    ['Name', ({ name }, i) => (name === `b${i + 1}` ? undefined : h('code', {}, name))],
    ['Title', ({ title }) => title],
    ['Type', ({ pixelType }) => PIXEL_TYPES[pixelType] ?? pixelType],
    ['Unit', ({ unit }) => unit],
    ['No data', ({ nodata }) => (nodata === undefined ? undefined : Number.isNaN(nodata) ? 'NaN' : figure(nodata))],
    ['Scale', ({ scale }) => (scale === 1 ? undefined : figure(scale))],
    ['Offset', ({ offset }) => (offset === 0 ? undefined : figure(offset))],
    ['Shown as', ({ color }) => (color === 'gray' ? 'grey' : color)],
    ['Classes', ({ classes }) => (classes.length === 0 ? undefined : String(classes.length))],
  ];
  const used = columns.filter(([, cell]) => bands.some((band, i) => cell(band, i) !== undefined));
  return scrollTable(
    'Bands',
    used.map(([title]) => title),
    bands.map((band, i) => used.map(([, cell]) => cell(band, i))),
  );
}

/** PostGIS's names of pixel types, in words. */
const PIXEL_TYPES: Readonly<Record<string, string>> = {
  '1BB': '1 bit',
  '2BUI': '2 bits',
  '4BUI': '4 bits',
  '8BSI': 'int8',
  '8BUI': 'uint8',
  '16BSI': 'int16',
  '16BUI': 'uint16',
  '32BSI': 'int32',
  '32BUI': 'uint32',
  '16BF': 'float16',
  '32BF': 'float32',
  '64BF': 'float64',
};
