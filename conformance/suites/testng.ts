/** What an official suite says of one test, over all its invocations. */
export interface Verdict {
  readonly verdict: 'passed' | 'failed' | 'skipped';
  /** First message of a failure, else of a skip. */
  readonly message: string;
}

const STATUS = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;

/**
 * Verdicts by `Class.method` from a testng-results.xml: failed when one invocation failed, skipped when all were.
 * Only what TestNG writes is read: `<class name>`, `<test-method status name is-config>` and the message in it.
 */
export function readVerdicts(xml: string): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const [, className = '', body = ''] of xml.matchAll(/<class name="([^"]*)">([\s\S]*?)<\/class>/g)) {
    const group = className.slice(className.lastIndexOf('.') + 1);
    for (const [, attributes = '', content = ''] of body.matchAll(/<test-method ([^>]*?)(?:\/>|>([\s\S]*?)<\/test-method>)/g)) {
      if (/is-config="true"/.test(attributes)) continue;
      const name = `${group}.${/(?:^|\s)name="([^"]*)"/.exec(attributes)?.[1] ?? ''}`;
      const found = /(?:^|\s)status="(PASS|FAIL|SKIP)"/.exec(attributes)?.[1];
      if (found !== 'PASS' && found !== 'FAIL' && found !== 'SKIP') continue;
      verdicts.set(name, worse(verdicts.get(name), { verdict: STATUS[found], message: messageIn(content) }));
    }
  }
  return verdicts;
}

function worse(before: Verdict | undefined, now: Verdict): Verdict {
  if (before === undefined || before.verdict === 'skipped') return now;
  if (before.verdict === 'failed' || now.verdict !== 'failed') return before;
  return now;
}

function messageIn(content: string): string {
  const text = /<message>\s*<!\[CDATA\[([\s\S]*?)\]\]>/.exec(content)?.[1] ?? '';
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
