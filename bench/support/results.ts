import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { CHECKOUT } from './checkout.ts';
import type { Bench, Row } from './context.ts';

const FILE = `${CHECKOUT}/bench/results.md`;
const HEAD = `# Results

Ratios count, not milliseconds: what is compared ran in one run, one after the other in every round (A B A B …), and
medians were taken. Each section says when, where and with which commit it was measured; \`npm run build:tools && node
build/bench/run.js <bench> …\` writes it anew. Misses stand here as they were measured.
`;

/** Circumstances of a measurement. */
export interface Circumstances {
  readonly started: Date;
  readonly command: string;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly loadBefore: readonly number[];
  /** What else was special, from `BENCH_NOTE`. */
  readonly note: string | undefined;
}

/** A bench's rows as a Markdown section. */
export function section(bench: Bench, rows: readonly Row[], circumstances: Circumstances): string {
  const lines = rows.map((row) => `| ${row.what} | ${row.result} | ${row.target} | ${verdict(row)} | ${row.details ?? ''} |`);
  const table = ['| what | measured | target | | details |', '|---|---|---|---|---|', ...lines].join('\n');
  return `## ${bench.title}\n\n${bench.method}\n\n${describe(circumstances)}\n\n${table}\n`;
}

/** Puts a section into results.md in the place of the one with the same heading, or at the end. */
export function writeSection(text: string): void {
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
  const [heading = ''] = text.split('\n');
  const sections = old.split(/^(?=## )/m);
  const at = sections.findIndex((other) => other.startsWith(`${heading}\n`));
  const next = at === -1 ? [...sections, text] : sections.map((other, i) => (i === at ? text : other));
  writeFileSync(FILE, next.map((part) => part.trimEnd()).join('\n\n') + '\n');
}

function verdict({ met }: Row): string {
  if (met === undefined) return '–';
  return met ? 'met' : '**missed**';
}

function describe({ started, command, versions, loadBefore, note }: Circumstances): string {
  const [cpu] = cpus();
  const machine = `${cpu?.model.trim() ?? 'CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const load = `load ${loadBefore.map((value) => value.toFixed(1)).join(' ')} before, ${loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')} after`;
  return `${started.toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit()}, ${machine}, ${load}; ${programs.join(', ')}${note === undefined ? '' : `; ${note}`}. \`${command}\``;
}

function commit(): string {
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', CHECKOUT, ...args], { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'sql') === '' ? '' : ' with changes'}`;
}
