import { notMeasured, type BenchContext, type Row } from './support/context.ts';
import { findTable } from './support/databases.ts';
import { mostResidentMegabytes } from './support/process.ts';
import { startServer } from './support/server.ts';

const WHAT = 'export of 648 megapixels: most memory';
const LIMIT_MB = 256;

/** Memory that a fresh server has held at most after it has sent a table of 648 megapixels as a GeoTIFF. */
export async function largeExport(context: BenchContext, send: (url: string) => Promise<void>): Promise<Row> {
  const target = `< ${LIMIT_MB} MB`;
  const url = await findTable(context.databases, 'r_world001');
  if (url === undefined) return notMeasured(WHAT, target, 'the table is not there');
  const server = await startServer({ database: url });
  try {
    const started = performance.now();
    await send(`${server.root}/collections/r_world001/coverage?f=geotiff`);
    const seconds = (performance.now() - started) / 1000;
    const most = mostResidentMegabytes(server.pid);
    const row = { what: WHAT, result: `${Math.round(most)} MB`, target, met: most < LIMIT_MB, details: `in ${seconds.toFixed(1)} s` };
    context.tell(`${row.what}: ${row.result}; ${row.details}`);
    return row;
  } finally {
    await server.stop();
  }
}
