import type { Catalog, Finding } from './catalog.ts';
import type { Collection } from './collection.ts';

/** What was left out, what is read besides and what could work better, in the form of `/catalog?explain` and `catalog --explain --json`. */
export function explainJson(catalog: Catalog): readonly Omit<Finding, 'level'>[] {
  return catalog.findings.map(({ relation, column, code, message, remedy }) => ({
    relation,
    ...(column === undefined ? {} : { column }),
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
  }));
}

/** The catalogue for people: what is served, what is read for it, what was left out and why, what could work better, and the SQL for it. */
export function explainText(catalog: Catalog): string {
  const { collections, findings, serverVersion } = catalog;
  const leftOut = findings.filter(({ level }) => level === 'left-out');
  const read = findings.filter(({ level }) => level === 'read');
  const warnings = findings.filter(({ level }) => level === 'warning');
  const postgis = serverVersion.postgis === '' ? 'without PostGIS' : `PostGIS ${serverVersion.postgis}`;
  const sections = [
    `PostgreSQL ${serverVersion.postgresql}, ${postgis}`,
    section(`Served (${collections.size})`, servedLines(catalog)),
    section(`Read for what is served (${read.length})`, read.map(findingLines)),
    section(`Left out (${leftOut.length})`, leftOut.map(findingLines)),
    section(`Could work better (${warnings.length})`, warnings.map(findingLines)),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.join('\n')}`;
}

function servedLines(catalog: Catalog): readonly string[] {
  const collections = [...catalog.collections.values()];
  const width = Math.min(40, Math.max(0, ...collections.map(({ id }) => id.length)));
  return collections.map((collection) => `  ${oneLine(collection.id).padEnd(width)}  ${factsOf(collection, catalog)}`);
}

function factsOf(collection: Collection, catalog: Catalog): string {
  const rows = collection.estimatedRows === undefined ? undefined : `about ${collection.estimatedRows} rows`;
  if (collection.kind === 'raster') {
    const types = [...new Set(collection.bands.map(({ pixelType }) => pixelType))].join('/');
    const colors = collection.bands.flatMap(({ color }) => color ?? []).join(', ');
    const bands = `${collection.bands.length} × ${types}${colors === '' ? '' : ` (${colors})`}`;
    const levels = collection.levels.map(({ factor }) => factor).join(', ');
    return ['raster', bands, crsName(collection.srid, catalog), `levels ${levels}`, rows].filter(isText).join(', ');
  }
  const { geometry, key, temporal } = collection;
  const shape = geometry === undefined ? 'no geometry' : `${geometry.geometryType}${geometry.hasZ ? 'Z' : ''}${geometry.hasM ? 'M' : ''}`;
  const srid = geometry === undefined ? undefined : crsName(geometry.srid, catalog);
  const keys = key.length === 0 ? 'no key' : `key ${key.map(({ name }) => name).join(', ')}`;
  const time = temporal === undefined ? undefined : `time ${temporal.start}`;
  return [shape, srid, keys, time, rows].filter(isText).join(', ');
}

function crsName(srid: number, { references }: Catalog): string {
  const reference = references.get(srid);
  return reference?.authority === undefined || reference.code === undefined ? `SRID ${srid}` : `${reference.authority}:${reference.code}`;
}

function findingLines({ relation, column, code, message, remedy }: Finding): string {
  const subject = column === undefined ? relation : `${relation} (${column})`;
  const head = `  ${oneLine(subject)}  [${code}]\n    ${oneLine(message)}`;
  return remedy === undefined ? head : `${head}\n    → ${oneLine(remedy)}`;
}

/** Names may hold anything; control characters would break the lines or the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

function isText(part: string | undefined): part is string {
  return part !== undefined;
}
