import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The rows of a table as one Cloud Optimized GeoTIFF, through GDAL's own driver of PostGIS rasters. */
export async function writeCog(table: string, url: string, file: string): Promise<void> {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url.replace('@/', '@localhost/'));
  const host = searchParams.get('host') ?? hostname;
  const secret = password === '' ? '' : ` password=${decodeURIComponent(password)}`;
  const login = `host=${host} port=${port === '' ? (searchParams.get('port') ?? '5432') : port} dbname=${pathname.slice(1)} user=${decodeURIComponent(username)}${secret}`;
  const options = ['-of', 'COG', '-co', 'BLOCKSIZE=256', '-co', 'COMPRESS=DEFLATE', '-co', 'OVERVIEW_RESAMPLING=AVERAGE', '-q'];
  await promisify(execFile)('gdal_translate', [...options, `PG:${login} schema=public table=${table} mode=2`, file]);
}
