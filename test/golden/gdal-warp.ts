import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bbox } from '../../src/base/bbox.ts';
import { run } from '../clients/program.ts';

/** What gdalwarp is asked for: a GeoTIFF, and the tile to make of it. */
export interface WarpOrder {
  readonly program: string;
  readonly tiff: Buffer;
  readonly method: 'near' | 'bilinear' | 'average' | 'mode';
  readonly srid: number;
  readonly bbox: Bbox;
  readonly width: number;
  readonly height: number;
  /** Value of the source that counts as absent; none when undefined, whatever the file says. */
  readonly nodata: number | undefined;
}

const ABSENT = -98765;

/** The bands of a tile as gdalwarp computes them, NaN without data, positions exact to an eighth of a pixel. */
export async function warpByGdal(order: WarpOrder): Promise<readonly Float64Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graticule-golden-'));
  try {
    const [source, result] = [join(folder, 'source.tif'), join(folder, 'result.img')];
    await writeFile(source, order.tiff);
    const positions = [
      '-et',
      '0.125',
      '-t_srs',
      `EPSG:${order.srid}`,
      '-te',
      ...order.bbox.map(String),
      '-ts',
      String(order.width),
      String(order.height),
    ];
    const values = [
      '-r',
      order.method,
      '-ovr',
      'NONE',
      '-srcnodata',
      String(order.nodata ?? 'None'),
      '-dstnodata',
      String(ABSENT),
      '-ot',
      'Float64',
    ];
    await run(order.program, ['-q', ...positions, ...values, '-of', 'ENVI', source, result]);
    const bytes = await readFile(result);
    const numbers = new Float64Array(new Uint8Array(bytes).buffer).map((value) => (value === ABSENT ? Number.NaN : value));
    const pixels = order.width * order.height;
    return Array.from({ length: numbers.length / pixels }, (_, band) => numbers.subarray(band * pixels, (band + 1) * pixels));
  } finally {
    await rm(folder, { recursive: true });
  }
}
