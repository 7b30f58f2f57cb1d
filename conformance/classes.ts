import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Result } from './case.ts';
import { isObject, type Json, listOf, objectsOf, parseJson, textOf } from './json.ts';

/** One conformance class that the server declares, as `classes.yaml` has it. */
interface ConformanceClass {
  readonly uri: string;
  /** Folder of the block that claims it. */
  readonly block: string;
  /** URI of the requirements class. */
  readonly requirements: string;
  /** Names of tests: `features10 Feature.featureOperation`, or `test/http/items.test.ts: ` and the full name there. */
  readonly tests: readonly string[];
}

/** What the check looks at. */
export interface ClassCheck {
  readonly file: string;
  /** `conformsTo` of the server. */
  readonly declared: readonly string[];
  readonly results: readonly Result[];
  /** JSON report of the test runner; without it, tests of other files than these are not looked up. */
  readonly testReport: string | undefined;
}

/** Complaints: classes declared but not listed, listed but not declared, without tests, or with tests that did not pass. */
export function checkClasses(check: ClassCheck): readonly string[] {
  const classes = readClasses(check.file);
  const listed = new Set(classes.map((c) => c.uri));
  const passed = new Set([
    ...check.results.filter((result) => result.verdict === 'passed').map((result) => result.name),
    ...passedTests(check.testReport),
  ]);
  const isKnown = (test: string): boolean => check.testReport !== undefined || !test.startsWith('test/');
  return [
    ...check.declared.filter((uri) => !listed.has(uri)).map((uri) => `classes.yaml does not list ${uri}, which is declared`),
    ...classes.filter((c) => !check.declared.includes(c.uri)).map((c) => `classes.yaml lists ${c.uri}, which is not declared`),
    ...classes.filter((c) => c.tests.length === 0).map((c) => `classes.yaml names no test for ${c.uri}`),
    ...classes.flatMap((c) =>
      c.tests.filter((test) => isKnown(test) && !passed.has(test)).map((test) => `${c.uri}: the test "${test}" has not passed in this run`),
    ),
  ];
}

function readClasses(file: string): readonly ConformanceClass[] {
  const document: Json = parse(readFileSync(file, 'utf8'));
  return objectsOf(document, 'classes.yaml').map((entry) => ({
    uri: textOf(entry['uri'], 'uri'),
    block: textOf(entry['block'], 'block'),
    requirements: textOf(entry['requirements'], 'requirements'),
    tests: listOf(entry['tests'], 'tests').map((test) => textOf(test, 'a test')),
  }));
}

/** `test/http/items.test.ts: items bbox crossing the antimeridian …` for each passed test of vitest's JSON report. */
function passedTests(report: string | undefined): readonly string[] {
  if (report === undefined) return [];
  if (!existsSync(report)) throw new Error(`Cannot read the test report ${report}: there is no such file`);
  const document = parseJson(readFileSync(report, 'utf8'));
  const files = isObject(document) ? objectsOf(document['testResults'], 'testResults') : [];
  return files.flatMap((file) => {
    const path = textOf(file['name'], 'name').replace(/^.*\/(test\/)/, '$1');
    return objectsOf(file['assertionResults'], 'assertionResults')
      .filter((result) => result['status'] === 'passed')
      .map((result) => `${path}: ${textOf(result['fullName'], 'fullName')}`);
  });
}
