import { expect, test } from 'vitest';
import { chooseDatabase } from '../../../src/config/choose-database.ts';
import { readConfig } from '../../../src/config/read-config.ts';

interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function choose(text: string | undefined, { env = {}, files = {} }: World = {}) {
  const named = text === undefined ? undefined : { text, source: 'DATABASE_URL' };
  return chooseDatabase(named, { env, readFile: (path) => files[path], homeDirectory: '/home/ann', userName: 'ann' });
}

function connection(text: string | undefined, world?: World) {
  const choice = choose(text, world);
  if (choice === undefined) throw new Error('no database chosen');
  return choice.connection;
}

test('none is chosen when none is named, whatever else of libpq is set', () => {
  expect(choose(undefined, { env: { PGPORT: '5433', PGUSER: 'x', PGPASSWORD: 'y' } })).toBeUndefined();
});

test('argument before DATABASE_URL before PGHOST before PGSERVICE before PGDATABASE', () => {
  const env = { DATABASE_URL: 'postgres://b/b', PGHOST: 'c', PGSERVICE: 's', PGDATABASE: 'd' };
  const files: Readonly<Record<string, string>> = { '/home/ann/.pg_service.conf': '[s]\nhost=e\n' };
  const source = (flags: Record<string, string>, variables: Record<string, string>) =>
    readConfig({ flags, env: variables, readFile: (path) => files[path], homeDirectory: '/home/ann', userName: 'ann' }).database?.source;
  expect(source({ database: 'postgres://a/a' }, env)).toBe('the command line');
  expect(source({}, env)).toBe('DATABASE_URL');
  expect(source({}, { PGHOST: 'c', PGSERVICE: 's', PGDATABASE: 'd' })).toBe('PGHOST');
  expect(source({}, { PGSERVICE: 's', PGDATABASE: 'd' })).toBe('PGSERVICE');
  expect(source({}, { PGDATABASE: 'd' })).toBe('PGDATABASE');
});

test('a URL gives user, password, hosts, ports, name and parameters', () => {
  const found = connection('postgresql://u%40x:p%3Aw@db1:5433,[::1]:5434/na%2Fme?sslmode=require&application_name=a%20b');
  expect(found).toMatchObject({ user: 'u@x', database: 'na/me', sslmode: 'require', applicationName: 'a b' });
  expect(found.hosts).toEqual([
    { host: 'db1', port: 5433, password: 'p:w' },
    { host: '::1', port: 5434, password: 'p:w' },
  ]);
});

test.each([
  ['postgres://u@%2Fvar%2Frun/db'],
  ['postgres:///db?host=/var/run&user=u'],
  ["host='/var/run' dbname=db user=u"],
  ['postgres://u@/db?host=%2Fvar%2Frun'],
])('a socket directory may be written %s', (text) => {
  expect(connection(text)).toMatchObject({ hosts: [{ host: '/var/run', port: 5432 }], database: 'db', user: 'u' });
});

test('without a host the local places are tried in turn; the name of the database is that of the user', () => {
  const found = connection(undefined, { env: { PGDATABASE: 'gis' } });
  expect(found.hosts.map(({ host }) => host)).toEqual(['/var/run/postgresql', '/tmp', 'localhost']);
  expect(connection('postgres://h')).toMatchObject({ user: 'ann', database: 'ann', sslmode: 'prefer' });
});

test('the environment fills what the URL leaves open', () => {
  const env = { PGPASSWORD: 's', PGPORT: '6000', PGSSLMODE: 'verify-full', PGUSER: 'e', PGCONNECT_TIMEOUT: '3' };
  expect(connection('postgres://u@h/db', { env })).toMatchObject({
    user: 'u',
    sslmode: 'verify-full',
    connectTimeoutMs: 3000,
    hosts: [{ port: 6000, password: 's' }],
  });
});

test('a service stands between the string and the environment', () => {
  const files = { '/etc/svc/pg_service.conf': '# two\n[other]\nhost=no\n[gis]\nhost=svc\nport=7000\nuser=svcuser\n[last]\n' };
  const env = { PGSYSCONFDIR: '/etc/svc', PGSERVICE: 'gis', PGHOST: 'env', PGUSER: 'env' };
  expect(connection('postgres:///db?user=me', { env, files })).toMatchObject({
    user: 'me',
    database: 'db',
    hosts: [{ host: 'svc', port: 7000 }],
  });
  expect(() => connection(undefined, { env: { PGSERVICE: 'nope' } })).toThrow('Cannot find service "nope"');
});

test.each([
  ['h:5432:db:u:plain', 'plain'],
  ['# c\n*:*:*:*:any', 'any'],
  ['other:5432:db:u:no\nh:*:*:u:second', 'second'],
  ['h:5432:db:u:a\\:b\\\\c', 'a:b\\c'],
  ['h:5433:db:u:no', undefined],
  ['h:5432:db', undefined],
])('the password file %j gives %j', (file, password) => {
  expect(connection('postgres://u@h/db', { files: { '/home/ann/.pgpass': file } }).hosts[0]?.password).toBe(password);
});

test('a socket directory is localhost in the password file; PGPASSFILE names another file; the URL wins', () => {
  const files = { '/p': 'localhost:*:*:*:filed' };
  expect(connection('postgres://u@/db?host=/run', { env: { PGPASSFILE: '/p' }, files }).hosts[0]?.password).toBe('filed');
  expect(connection('postgres://u:mine@/db?host=/run', { env: { PGPASSFILE: '/p' }, files }).hosts[0]?.password).toBe('mine');
});

test('a root certificate makes require verify; system means verify-full', () => {
  const files = { '/ca.pem': 'CA', '/home/ann/.postgresql/root.crt': 'HOME' };
  expect(connection('postgres://h/db?sslmode=require&sslrootcert=/ca.pem', { files })).toMatchObject({ sslmode: 'verify-ca', ca: 'CA' });
  expect(connection('postgres://h/db?sslmode=verify-full', { files })).toMatchObject({ ca: 'HOME' });
  expect(connection('postgres://h/db?sslrootcert=system', { files })).toMatchObject({ sslmode: 'verify-full', ca: undefined });
  expect(() => connection('postgres://h/db?sslrootcert=/none')).toThrow('Cannot read sslrootcert "/none"');
});

test.each([
  ['postgres://u:secret@h/db?sslmod=x', 'unknown parameter "sslmod", did you mean "sslmode"?'],
  ['postgres://u:secret@h:x/db', '"h:x" is not a host and port'],
  ['mysql://u:secret@h/db', 'expected postgres://'],
  ['postgres://u:sec%zz@h/db', 'a percent sign'],
  ['host', 'expected a URL'],
  ['host=a,b port=1,2,3', 'Cannot match 3 ports to 2 hosts'],
  ['host=a sslmode=requir', 'did you mean "require"?'],
  ['host=a port=0', 'Cannot use port "0"'],
])('%s is refused without telling the password', (text, message) => {
  expect(() => choose(text)).toThrow(message);
  expect(() => choose(text)).not.toThrow('sec');
});

test('the description has no password', () => {
  expect(choose('postgres://u:secret@h:1,[::1]:2/db')).toMatchObject({
    description: 'postgres://u@h:1,[::1]:2/db',
    source: 'DATABASE_URL',
  });
});
