import { SETTINGS, settingKey } from './setting.ts';

/** The page `docs/configuration.md`, made from the table of settings. */
export function describeSettings(): string {
  const rows = Object.values(SETTINGS).map((setting) => {
    const cells = [
      `\`${setting.env}\``,
      `\`--${settingKey(setting)}\``,
      setting.fallbackText === '' ? 'none' : setting.fallbackText,
      `${setting.doc} Expected: ${setting.type.words}.`,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# Configuration

<!-- Generated from src/config/setting.ts; do not edit. -->

Nothing has to be set. What is set, is read once at start: flags win over the environment, the environment over the file, the file over
the defaults. A name that is not known, or a value that cannot be used, ends the start with a line that says what is wanted.

| environment | flag | default | meaning |
|---|---|---|---|
${rows.join('\n')}

## The file

\`--config FILE\` or \`GRATICULE_CONFIG=FILE\` names a YAML or JSON file. Its keys are the flags without dashes; lists may be written as lists:

\`\`\`yaml
port: 8080
include: [public, geo.*]
tile-ttl: 10min
\`\`\`

## Which database

The one that the argument of \`serve\` (or \`--database\`) names, else \`DATABASE_URL\`, else \`PGHOST\`, \`PGSERVICE\` or \`PGDATABASE\`, else the
\`database\` of the file; when none is named, a private cluster with demo data. The first line printed says which it is, and why.

As with libpq, what a URL leaves open comes from its service, then from the environment: \`PGHOST\`, \`PGHOSTADDR\`, \`PGPORT\`, \`PGDATABASE\`,
\`PGUSER\`, \`PGPASSWORD\`, \`PGPASSFILE\` (\`~/.pgpass\`), \`PGSERVICE\`, \`PGSERVICEFILE\` (\`~/.pg_service.conf\`), \`PGSYSCONFDIR\`, \`PGSSLMODE\`,
\`PGSSLROOTCERT\`, \`PGSSLCERT\`, \`PGSSLKEY\`, \`PGOPTIONS\`, \`PGAPPNAME\`, \`PGCONNECT_TIMEOUT\`. Several hosts are tried in order; a host that begins
with \`/\` is the directory of a socket. \`sslmode\` is one of \`disable\`, \`allow\`, \`prefer\` (the default), \`require\`, \`verify-ca\`, \`verify-full\`; on the
loopback \`prefer\` tries plain first.

Behind PgBouncer in transaction mode reading works; statements are not prepared, cancelled or notified of then, and the log says so.
`;
}

/** JSON Schema of the configuration file, for editors. */
export function configFileSchema(): Readonly<Record<string, unknown>> {
  const properties = Object.values(SETTINGS).map((setting) => [settingKey(setting), { description: setting.doc, ...setting.type.schema }]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration file of Graticule',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}
