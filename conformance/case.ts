import type { Session } from './session.ts';

/** Said by a case that does not apply; the reason stands in the result table. */
export interface Skip {
  readonly skipped: string;
}

/** One invocation of a test, for one collection, box, limit …; throws when the server fails it. */
export interface Case {
  /** What distinguishes it from the test's other cases: `places, bbox -1.5,50,1.5,53`. */
  readonly name: string;
  run(): Promise<Skip | void>;
}

/** A test under the name that the official suite gives it. */
export interface ConformanceTest {
  readonly suite: 'features10' | 'tiles10' | 'wmts10' | 'wms13';
  /** Java class of the suite, or what its name begins with. */
  readonly group: string;
  readonly method: string;
  /** Abstract test and requirement: `A.2.2 test 3, /req/core/root-op`. */
  readonly clause: string;
  /** The data that the test is run on; none of it means that the test does not apply to this server. */
  cases(session: Session): Promise<readonly Case[]>;
}

/** What became of one test. */
export interface Result {
  readonly name: string;
  readonly clause: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why cases failed or were skipped, each reason once. */
  readonly reasons: readonly string[];
}

/** A case that does not apply. */
export function skip(reason: string): Skip {
  return { skipped: reason };
}

/** The name under which results are listed and compared: `features10 Features.validateFeaturesOperation`. */
export function testName(test: ConformanceTest): string {
  return `${test.suite} ${test.group}.${test.method}`;
}

/** Runs all cases of a test, one after another as the suites do. */
export async function runTest(test: ConformanceTest, session: Session): Promise<Result> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const reasons = new Set<string>();
  const skips = new Map<string, number>();
  let cases: readonly Case[] = [];
  try {
    cases = await test.cases(session);
    if (cases.length === 0) reasons.add('the server offers nothing that this test applies to');
  } catch (error) {
    counts.failed += 1;
    reasons.add(messageOf(error));
  }
  for (const one of cases) {
    try {
      const outcome = await one.run();
      counts[outcome === undefined ? 'passed' : 'skipped'] += 1;
      if (outcome !== undefined) skips.set(outcome.skipped, (skips.get(outcome.skipped) ?? 0) + 1);
    } catch (error) {
      counts.failed += 1;
      reasons.add(`${one.name}: ${messageOf(error)}`);
    }
  }
  for (const [reason, count] of skips) reasons.add(`${count} × ${reason}`);
  const verdict = counts.failed > 0 ? 'failed' : counts.passed > 0 ? 'passed' : 'skipped';
  return { name: testName(test), clause: test.clause, verdict, ...counts, reasons: [...reasons] };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
