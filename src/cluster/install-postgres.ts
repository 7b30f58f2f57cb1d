import { access, appendFile, readFile, writeFile } from 'node:fs/promises';
import { type Environment, mustRun, runCommand } from './command.ts';
import { type Report, step } from './report.ts';

const CREATECLUSTER = '/etc/postgresql-common/createcluster.conf';
const APT = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];

/** The newest major version for which the package lists of Debian or Ubuntu offer PostGIS; undefined elsewhere. */
export async function packagedMajor(env: Environment): Promise<number | undefined> {
  const names = await runCommand('apt-cache', ['pkgnames', 'postgresql-'], { env, timeoutMs: 30_000 });
  return newestPackagedMajor(names.stdout);
}

/** The highest number in `postgresql-<number>-postgis-3` among package names, one a line. */
export function newestPackagedMajor(names: string): number | undefined {
  const majors = [...names.matchAll(/^postgresql-(\d+)-postgis-3$/gm)].map((match) => Number(match[1]));
  return majors.length === 0 ? undefined : Math.max(...majors);
}

/** Whether packages can be installed here: apt-get is there and we are root. */
export async function canInstall(uid: number | undefined): Promise<boolean> {
  const found = await access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  return uid === 0 && found;
}

/**
 * Installs PostgreSQL with PostGIS by apt-get. The distribution's own cluster `main` is neither made nor changed: the
 * setting that would make it is switched off while the server package is configured, and put back afterwards.
 * @throws AppError DATABASE_UNAVAILABLE when apt-get fails
 */
export async function installPostgres(env: Environment, report: Report): Promise<void> {
  const apt = (...args: string[]): Promise<string> =>
    mustRun('apt-get', [...APT, ...args], { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } });
  await step(report, 'Updating the package lists', () => apt('update'));
  const major = await packagedMajor(env);
  const postgis = major === undefined ? 'postgresql-postgis' : `postgresql-${major}-postgis-3`;
  await step(report, `Installing PostgreSQL and PostGIS (apt-get install ${postgis})`, async () => {
    await apt('install', 'postgresql-common');
    await withoutMainCluster(() => apt('install', '--no-upgrade', postgis));
  });
}

async function withoutMainCluster(install: () => Promise<unknown>): Promise<void> {
  const before = await readFile(CREATECLUSTER, 'utf8').catch(() => undefined);
  await appendFile(CREATECLUSTER, '\ncreate_main_cluster = false\n');
  try {
    await install();
  } finally {
    await writeFile(CREATECLUSTER, before ?? '');
  }
}

/** What to type where Graticule cannot install PostgreSQL itself; one paragraph for people. */
export function installHint(platform: string, major: number | undefined): string {
  const debian = `sudo apt-get install --no-install-recommends ${major === undefined ? 'postgresql-postgis' : `postgresql-${major}-postgis-3`}`;
  const command =
    platform === 'darwin'
      ? 'brew install postgresql@17 postgis'
      : major === undefined
        ? `${debian}   (Debian, Ubuntu)\n  sudo dnf install postgresql-server postgis   (Fedora)`
        : debian;
  return [
    'Cannot start a private database: no PostgreSQL with PostGIS and postgis_raster was found, this user may not install packages, and Docker does not run here.',
    'Install it and start again:',
    `  ${command}`,
    'or name a database of your own:',
    '  DATABASE_URL=postgres://user@host/database npm start',
  ].join('\n');
}
