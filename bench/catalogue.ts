import type pg from 'pg';
import { readFileSync } from 'node:fs';
import { CHECKOUT } from './support/checkout.ts';
import { ms, type Bench, type BenchContext, type Row } from './support/context.ts';
import { connect } from './support/databases.ts';
import { createHttpClient } from './support/http-client.ts';
import { startServer } from './support/server.ts';
import { median } from './support/statistics.ts';

/** A database with more tables than anybody reads. */
export const catalogueBench: Bench = {
  name: 'catalogue',
  title: 'A catalogue of 10,000 tables',
  method:
    'A database made for this (`bench/sql/many-tables.sql`: 10,000 tables with key, attributes, geometry and index in ten schemas), dropped after; from the start of the process to the first landing page and to the first list of collections.',
  run,
};

const NAME = 'bench_catalogue';
const TABLES = 10_000;
const BATCH = 500;
const STARTS = 3;
const [LISTENING_MS, LOADED_MS] = [1000, 5000];

async function run(context: BenchContext): Promise<readonly Row[]> {
  const [reader = ''] = context.databases.readers;
  const admin = await connect(context.databases.owner(reader, 'postgres'));
  try {
    await admin.query(`drop database if exists ${NAME} with (force)`);
    await admin.query(`create database ${NAME} template template0`);
    const database = context.databases.owner(reader, NAME);
    await fill(database, context);
    return await measure(database);
  } finally {
    await admin.query(`drop database if exists ${NAME} with (force)`);
    await admin.end();
  }
}

async function fill(database: string, { tell }: BenchContext): Promise<void> {
  const client: pg.Client = await connect(database);
  await client.query(readFileSync(`${CHECKOUT}/bench/sql/many-tables.sql`, 'utf8'));
  for (let from = 0; from < TABLES; from += BATCH) {
    await client.query('call make_tables($1, $2)', [from, from + BATCH]);
    if ((from + BATCH) % 2000 === 0) tell(`${from + BATCH} tables`);
  }
  await client.query('drop procedure make_tables');
  await client.query('analyze');
  await client.end();
}

async function measure(database: string): Promise<readonly Row[]> {
  const [listening, loaded]: [number[], number[]] = [[], []];
  for (let i = 0; i < STARTS; i += 1) {
    const server = await startServer({ database });
    const http = createHttpClient();
    try {
      const { bytes } = await http.get(`${server.root}/collections?limit=1&f=json`);
      const { numberMatched }: { numberMatched?: number } = JSON.parse(bytes.toString());
      if (numberMatched !== TABLES) throw new Error(`The server lists ${numberMatched} of ${TABLES} tables`);
    } finally {
      http.close();
      await server.stop();
    }
    listening.push(server.startMs);
    loaded.push(server.readyMs);
  }
  const [first, all] = [median(listening), median(loaded)];
  return [
    { what: 'listening', result: ms(first), target: '< 1 s', met: first < LISTENING_MS, details: `median of ${STARTS}` },
    { what: 'catalogue read', result: ms(all), target: '< 5 s', met: all < LOADED_MS, details: `median of ${STARTS}` },
  ];
}
