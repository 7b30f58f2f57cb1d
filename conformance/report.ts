import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Result } from './case.ts';

/** Where a run leaves its results: the committed table, and everything as JSON. */
export interface ReportFiles {
  readonly table: string;
  readonly json: string;
}

const TITLES: Readonly<Record<string, string>> = {
  features10: 'OGC API – Features 1.0 Core (test names of ets-ogcapi-features10 1.9)',
  tiles10: 'OGC API – Tiles 1.0 (test names of ets-ogcapi-tiles10 1.2)',
  wmts10: 'Web Map Tile Service 1.0, by query and by path (test names of ets-wmts10 1.11)',
  wms13: 'Web Map Service 1.3.0, what applies to rasters (test names of ets-wms13 1.34)',
};

/** The result table as Markdown: the same bytes for the same verdicts, on every machine. */
export function resultTable(results: readonly Result[]): string {
  const suites = [...new Set(results.map(suiteOf))];
  return [
    '# Conformance results',
    '',
    'Written by `npm run conformance -- --bless`; a run whose table differs from this one fails. Our own tests under the',
    'names of the official suites, on the tables of `conformance/fixture.sql`. A test has one case for each collection,',
    'box, limit … that it is run on; cases that do not apply are skipped, with the reason in the last column.',
    ...suites.flatMap((suite) => ['', `## ${TITLES[suite] ?? suite}`, '', ...suiteTable(results.filter((r) => suiteOf(r) === suite))]),
    '',
  ].join('\n');
}

/** Writes the JSON file, and the table when it is to become the expected one. Gives the difference to the expected table. */
export function writeReport(results: readonly Result[], files: ReportFiles, bless: boolean): readonly string[] {
  mkdirSync(dirname(files.json), { recursive: true });
  writeFileSync(files.json, `${JSON.stringify(results, undefined, 2)}\n`);
  const table = resultTable(results);
  if (bless) {
    mkdirSync(dirname(files.table), { recursive: true });
    writeFileSync(files.table, table);
    return [];
  }
  return difference(readExpected(files.table), table);
}

/** `71 passed, 0 failed, 0 skipped` */
export function countLine(results: readonly Result[]): string {
  const count = (verdict: Result['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

function suiteTable(results: readonly Result[]): readonly string[] {
  const rows = results.map((result) => {
    const name = result.name.slice(suiteOf(result).length + 1);
    const counts = `${result.passed} / ${result.failed} / ${result.skipped}`;
    return `| \`${name}\` | ${result.verdict} | ${counts} | ${result.clause} | ${result.reasons.join('; ').replaceAll('|', '\\|')} |`;
  });
  return [
    `${countLine(results)}`,
    '',
    '| test | verdict | cases passed / failed / skipped | clause | reasons |',
    '|---|---|---|---|---|',
    ...rows,
  ];
}

function suiteOf(result: Result): string {
  return result.name.split(' ')[0] ?? '';
}

function readExpected(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function difference(expected: string, actual: string): readonly string[] {
  const before = new Set(expected.split('\n'));
  const after = new Set(actual.split('\n'));
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}
