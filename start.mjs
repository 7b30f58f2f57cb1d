#!/usr/bin/env node
// What `npm start`, `npm test`, `npm run conformance` and the `graticule` command call. In a checkout it first installs
// the locked dependencies and builds, each only when needed; in an installed package there is nothing to do.
// Node built-ins only: nothing else is there yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const OLDEST_NODE = [20, 19];
const LOCK = join(ROOT, 'package-lock.json');
const LOCK_STAMP = join(ROOT, 'node_modules', '.graticule-lock');
/** What each compilation reads besides package-lock.json, and where it notes what it has read. */
const BUILDS = {
  program: { project: 'tsconfig.json', sources: ['src'], stamp: join('dist', '.graticule-build'), info: join('build', 'tsc.tsbuildinfo') },
  tools: {
    project: 'tsconfig.tools.json',
    sources: ['src', 'schemas', 'bench', 'conformance'],
    stamp: join('build', '.graticule-build'),
    info: join('build', 'tools.tsbuildinfo'),
  },
};
/** Programs that tests drive, and the Debian packages that bring them. */
const CLIENTS = [
  { program: 'ogr2ogr', package: 'gdal-bin', what: 'tests with GDAL' },
  { program: 'xmllint', package: 'libxml2-utils', what: 'validations of XML' },
  { program: 'chromium', package: 'chromium', what: 'tests with a browser' },
];

await main(process.argv.slice(2));

async function main([command = 'start', ...rest]) {
  checkNode();
  const checkout = existsSync(join(ROOT, 'tsconfig.json')) && existsSync(join(ROOT, 'src'));
  if (checkout) {
    installDependencies();
    build(BUILDS.program);
  }
  if (checkout && command === 'test') process.exitCode = await runTests(rest);
  else if (checkout && command === 'conformance') process.exitCode = await runConformance(rest);
  else await import(new URL('dist/main.js', import.meta.url).href);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  fail(`Graticule needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** Runs `npm ci` when node_modules is missing or was made from another lock file. */
function installDependencies() {
  const wanted = hash([LOCK]);
  if (readIfThere(LOCK_STAMP) === wanted) return;
  const made = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(LOCK_STAMP) || !existsSync(made) || statSync(made).mtimeMs < statSync(LOCK).mtimeMs) {
    const npm = process.env.npm_execpath;
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
    const [program, all] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
    timed('Installing dependencies (npm ci)', () => mustRun(program, all));
  }
  tryToWrite(LOCK_STAMP, wanted);
}

/** Compiles when the sources are others than those of the last time. */
function build({ project, sources, stamp, info }) {
  const files = sources.flatMap((folder) => listFiles(join(ROOT, folder)));
  const wanted = hash([...files, LOCK, join(ROOT, 'tsconfig.json'), join(ROOT, project)]);
  const at = join(ROOT, stamp);
  if (readIfThere(at) === wanted) return;
  // The compiler's memory of what it has written is wrong when the output was removed.
  rmSync(join(ROOT, info), { force: true });
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  timed(`Building (tsc -p ${project})`, () => mustRun(process.execPath, [compiler, '-p', project]));
  tryToWrite(at, wanted);
}

/** Everything that the tests need, then every test; extra arguments go to vitest, and then only what they name is run. */
async function runTests(args) {
  installClients();
  build(BUILDS.tools);
  const report = join('build', 'test-results.json');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const tests = await run(process.execPath, [vitest, 'run', ...reporters, ...args]);
  const whole = args.length === 0;
  const conformance = whole ? await runConformance([]) : 0;
  return tests || conformance;
}

/** Our equivalents of the official suites' tests, against a server of their own. */
async function runConformance(args) {
  build(BUILDS.tools);
  return run(process.execPath, [join(ROOT, 'build', 'conformance', 'run.js'), ...args]);
}

/** Installs GDAL and Chromium for their tests where we may; elsewhere those tests are skipped, and this says so. */
function installClients() {
  const missing = CLIENTS.filter(({ program }) => !isOnPath(program));
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && isOnPath('apt-get');
  if (mayInstall) timed('Updating the package lists', () => quietly('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', 'update']));
  for (const { program, package: name, what } of missing) {
    if (mayInstall) {
      timed(`Installing ${name} for ${what}`, () =>
        quietly('apt-get', ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'install', name]),
      );
    }
    if (!isOnPath(program)) say(`${program} is not here: ${what} are skipped (Debian, Ubuntu: apt-get install ${name})\n`);
  }
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return sum.digest('hex');
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** A checkout of somebody else's may be read-only: then we look again the next time. */
function tryToWrite(file, text) {
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  } catch {
    say(`(${file} cannot be written; this step will be looked at again)\n`);
  }
}

function timed(label, work) {
  const begin = performance.now();
  say(`${label} … `);
  work();
  say(`${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
}

function mustRun(program, args) {
  const result = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status === 0) return;
  fail(`failed\n${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`);
}

/** A command whose failure only means that something optional is missing. */
function quietly(program, args) {
  spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** Runs a program on our terminal; Ctrl-C reaches it as it reaches us, and we wait for it to end. */
function run(program, args) {
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
    child.on('error', (error) => {
      say(`${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code) => {
      process.off('SIGINT', ignore);
      resolve(code ?? 1);
    });
  });
}

function say(text) {
  process.stderr.write(text);
}

function fail(message) {
  say(`${message}\n`);
  process.exit(1);
}
