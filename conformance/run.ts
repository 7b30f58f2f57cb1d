import { fileURLToPath } from 'node:url';
import { type ConformanceTest, type Result, runTest } from './case.ts';
import { checkClasses } from './classes.ts';
import { collectionTests } from './features/collection.ts';
import { entryTests } from './features/entry.ts';
import { itemsTests } from './features/items.ts';
import { countLine, writeReport } from './report.ts';
import { createSession, type Session } from './session.ts';
import { startSubject } from './subject.ts';
import { runOfficialSuites } from './suites/official.ts';
import { coreTests } from './tiles/core.ts';
import { metadataTests } from './tiles/metadata.ts';
import { capabilityTests, elementTests } from './wms/capabilities.ts';
import { featureInfoTests } from './wms/info.ts';
import { mapTests } from './wms/map.ts';
import { capabilitiesTests } from './wmts/capabilities.ts';
import { anyOperationTests } from './wmts/any-operation.ts';
import { infoTests } from './wmts/info.ts';
import { tileTests } from './wmts/tiles.ts';

/** Every test in the order of the result table. */
const TESTS: readonly ConformanceTest[] = [
  ...entryTests,
  ...collectionTests,
  ...itemsTests,
  ...coreTests,
  ...metadataTests,
  ...anyOperationTests,
  ...capabilitiesTests,
  ...tileTests,
  ...infoTests,
  ...elementTests,
  ...capabilityTests,
  ...mapTests,
  ...featureInfoTests,
];

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What the command line asks for. */
interface Options {
  /** Landing page of a running server; undefined starts our own on the fixture database. */
  readonly root: string | undefined;
  /** The table of this run becomes the expected one. */
  readonly bless: boolean;
  /** Folder of the official suites' jars. */
  readonly jars: string | undefined;
  /** JSON report of the test runner, in which the tests that `classes.yaml` names must have passed. */
  readonly testReport: string | undefined;
}

/**
 * Runs our conformance tests and gives the exit code: 0 only when nothing failed, the result table is the committed one,
 * and every declared class has tests that ran and passed.
 */
export async function main(options: Options): Promise<number> {
  const subject = options.root === undefined ? await startSubject(CHECKOUT) : { root: options.root, close: async () => undefined };
  try {
    const session = createSession(subject.root);
    const results = await runAll(session);
    const complaints = [
      ...failures(results),
      ...(options.root === undefined ? compare(results, options.bless) : []),
      ...checkClasses({
        file: `${CHECKOUT}/conformance/classes.yaml`,
        declared: await session.conformsTo(),
        results,
        testReport: options.testReport,
      }),
      ...(options.jars === undefined ? [] : await runOfficialSuites({ jars: options.jars, session, results, folder: `${CHECKOUT}/build` })),
    ];
    for (const result of results.filter((r) => r.verdict === 'skipped')) say(`skipped: ${result.name}: ${result.reasons.join('; ')}`);
    for (const complaint of complaints) say(complaint);
    say(countLine(results));
    return complaints.length === 0 ? 0 : 1;
  } finally {
    await subject.close();
  }
}

async function runAll(session: Session): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const test of TESTS) results.push(await runTest(test, session));
  return results;
}

function failures(results: readonly Result[]): readonly string[] {
  return results.filter((result) => result.verdict === 'failed').map((result) => `failed: ${result.name}: ${result.reasons.join('; ')}`);
}

function compare(results: readonly Result[], bless: boolean): readonly string[] {
  const files = { table: `${CHECKOUT}/conformance/expected/results.md`, json: `${CHECKOUT}/build/conformance.json` };
  const difference = writeReport(results, files, bless);
  return difference.length === 0 ? [] : ['The result table differs from conformance/expected/results.md:', ...difference];
}

/** In CI the tests have run before, and their report must be there. */
function inCi(): boolean {
  return process.env['CI'] !== undefined || process.env['GRATICULE_CI'] !== undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const root = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
process.exitCode = await main({
  root,
  bless: process.argv.includes('--bless'),
  jars: process.env['ETS_JARS'],
  testReport: process.env['TEST_REPORT'] ?? (inCi() ? `${CHECKOUT}/build/test-results.json` : undefined),
});
