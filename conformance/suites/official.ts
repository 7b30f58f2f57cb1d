import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../case.ts';
import type { Session } from '../session.ts';
import { coreInput } from '../tiles/core.ts';
import { readVerdicts, type Verdict } from './testng.ts';

/** What is needed to run the official suites beside our own tests. */
export interface OfficialRun {
  /** Folder with `ets-ogcapi-features10-*-aio.jar` and `ets-ogcapi-tiles10-*-aio.jar`. */
  readonly jars: string;
  readonly session: Session;
  readonly results: readonly Result[];
  /** Where the suites may write. */
  readonly folder: string;
}

interface Suite {
  readonly name: 'features10' | 'tiles10';
  readonly jar: RegExp;
  arguments(session: Session): Promise<Readonly<Record<string, string>>>;
}

const SUITES: readonly Suite[] = [
  {
    name: 'features10',
    jar: /^ets-ogcapi-features10-.*aio\.jar$/,
    arguments: async (session) => ({ iut: session.root, noofcollections: '-1' }),
  },
  { name: 'tiles10', jar: /^ets-ogcapi-tiles10-.*aio\.jar$/, arguments: tilesArguments },
];

const TIMEOUT_MS = 15 * 60_000;

/**
 * Where an official suite is known to judge otherwise than our test of that name, and why. A comparison passes over these
 * only while the suite's message is the known one.
 */
const KNOWN: readonly { readonly test: string; readonly message: RegExp; readonly why: string }[] = [
  {
    test: 'features10 FeaturesBBox.validateFeaturesWithBoundingBoxResponse',
    message: /outside bounding box: '1\d\d\.\d+,[^,]+,-1\d\d\./,
    why: 'the suite takes a box whose west is above its east for all that lies outside it, unless its west is 177',
  },
];

/** Runs the official suites and gives their failures and every test on which they and ours disagree. */
export async function runOfficialSuites(run: OfficialRun): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const suite of SUITES) {
    const jar = readdirSync(run.jars).find((name) => suite.jar.test(name));
    if (jar === undefined) {
      complaints.push(`no jar of ${suite.name} in ${run.jars}`);
      continue;
    }
    const folder = join(run.folder, 'ets', suite.name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const properties = join(folder, 'run.xml');
    writeFileSync(properties, propertiesXml(await suite.arguments(run.session)));
    const ran = spawnSync('java', ['-jar', join(run.jars, jar), '-o', folder, '-h', 'true', properties], {
      timeout: TIMEOUT_MS,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    writeFileSync(join(folder, 'log.txt'), `${ran.stdout}\n${ran.stderr}`);
    const xml = resultFile(folder);
    if (xml === undefined) complaints.push(`official ${suite.name} left no result: see ${folder}/log.txt`);
    else complaints.push(...compareWith(suite.name, readVerdicts(xml), run.results));
  }
  return complaints;
}

function compareWith(suite: Suite['name'], official: ReadonlyMap<string, Verdict>, results: readonly Result[]): readonly string[] {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const verdict of official.values()) counts[verdict.verdict] += 1;
  process.stdout.write(`official ${suite}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (tests)\n`);
  return results
    .filter((result) => result.name.startsWith(`${suite} `))
    .flatMap((result) => {
      const verdict = official.get(result.name.slice(suite.length + 1));
      if (verdict === undefined || verdict.verdict === result.verdict) return [];
      const known = KNOWN.find((entry) => entry.test === result.name && entry.message.test(verdict.message));
      const line = `official ${suite} says ${verdict.verdict} of ${result.name}, we say ${result.verdict}: ${verdict.message}`;
      if (known === undefined) return [line];
      process.stdout.write(`known: ${line} (${known.why})\n`);
      return [];
    });
}

async function tilesArguments(session: Session): Promise<Readonly<Record<string, string>>> {
  const { tileMatrixSetUri, template, limits } = await coreInput(session);
  return {
    iut: session.base,
    tilematrixsetdefinitionuri: tileMatrixSetUri,
    urltemplatefortiles: template,
    tilematrix: limits.tileMatrix,
    mintilerow: String(limits.minTileRow),
    maxtilerow: String(limits.maxTileRow),
    mintilecol: String(limits.minTileCol),
    maxtilecol: String(limits.maxTileCol),
  };
}

/** A Java properties file in XML; without a DOCTYPE, which the suites would fetch. */
function propertiesXml(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(([key, value]) => `  <entry key="${key}">${escapeXml(value)}</entry>`);
  return ['<?xml version="1.0" encoding="UTF-8" standalone="no"?>', '<properties version="1.0">', ...entries, '</properties>', ''].join(
    '\n',
  );
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `<folder>/testng/<uuid>/testng-results.xml` */
function resultFile(folder: string): string | undefined {
  const path = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('testng-results.xml'));
  return path === undefined ? undefined : readFileSync(join(folder, path), 'utf8');
}
