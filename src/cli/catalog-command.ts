import type { Catalog } from '../catalog/catalog.ts';
import { discover } from '../catalog/discover.ts';
import { explainJson, explainText } from '../catalog/explain.ts';
import { createSampleMemory } from '../catalog/open-columns.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseConnection } from '../config/connection.ts';
import { readConfig } from '../config/read-config.ts';
import { openDatabase } from '../db/open-database.ts';
import type { Command } from './command.ts';
import { openDatabaseChoice, withDatabase } from './open-database-choice.ts';

/** `graticule catalog [--explain] [--json]`: what would be served, and what not and why. */
export const catalogCommand: Command = {
  name: 'catalog',
  usage: 'catalog [<database>]',
  summary: 'lists what is served of a database',
  flags: {
    explain: { type: 'boolean', doc: 'also what is left out, why, and the SQL that would change it' },
    json: { type: 'boolean', doc: 'as JSON: what is left out and what could work better' },
  },
  configured: true,
  maximumPositionals: 1,
  async run({ flags, positionals }, world) {
    const { explain, json, ...settings } = flags;
    const config = readConfig({ flags: withDatabase(settings, positionals[0]), env: world.env });
    const choice = await openDatabaseChoice(config, world, { write: world.err, redraw: false }, new AbortController().signal);
    try {
      const catalog = await readCatalog(config, choice.connection);
      if (json === true) world.out(`${JSON.stringify(explainJson(catalog), undefined, 2)}\n`);
      else world.out(explainText(explain === true ? catalog : { ...catalog, findings: [] }));
      return 0;
    } finally {
      await choice.close();
    }
  },
};

async function readCatalog(config: Config, connection: DatabaseConnection): Promise<Catalog> {
  const { statementTimeoutMs, streamLimitMs } = config;
  const database = await openDatabase({ connection, poolSize: 2, statementTimeoutMs, streamLimitMs, observe: () => undefined });
  try {
    const { catalog } = await discover(database, config, createSampleMemory(), new AbortController().signal);
    return catalog;
  } finally {
    await database.close();
  }
}
