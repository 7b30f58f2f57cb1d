/** One line of the server's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** What a server under test has logged, and the warnings of Node.js since it started. */
export interface TestLog {
  /** Takes a line of JSON. */
  write(line: string): void;
  lines(): readonly LogLine[];
  /** Stops watching. @throws Error with the lines when one is an error that was not expected, or Node.js has warned */
  close(): void;
}

/** Keeps the lines of a server's log, so that a test file fails when something went wrong that its tests did not ask for. */
export function keepLog(expectedErrors: RegExp | undefined): TestLog {
  const texts: string[] = [];
  const warnings: string[] = [];
  const warned = (warning: Error): void => void warnings.push(`${warning.name}: ${warning.message}`);
  process.on('warning', warned);
  return {
    write: (line) => void texts.push(line.trim()),
    lines: () => texts.map(parse),
    close() {
      process.off('warning', warned);
      const bad = texts.filter((text) => parse(text)['level'] === 'error' && expectedErrors?.test(text) !== true);
      if (bad.length + warnings.length > 0) throw new Error(`The log is not clean:\n${[...bad, ...warnings].slice(0, 10).join('\n')}`);
    },
  };
}

function parse(text: string): LogLine {
  const line: LogLine = JSON.parse(text);
  return line;
}
