import type { Catalog, Finding } from './catalog.ts';
import type { Collection } from './collection.ts';

/** What was left out and what could work better, in the form of `/catalog?explain` and `catalog --explain --json`. */
export function explainJson(catalog: Catalog): readonly Omit<Finding, 'level'>[] {
  return catalog.findings.map(({ relation, column, code, message, remedy }) => ({
    relation,
    ...(column === undefined ? {} : { column }),
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
  }));
}

/** The catalogue for people: what is served, what was left out and why, what could work better, and the SQL for it. */
export function explainText(catalog: Catalog): string {
  const { collections, findings, serverVersion } = catalog;
  const leftOut = findings.filter(({ level }) => level === 'left-out');
  const warnings = findings.filter(({ level }) => level === 'warning');
  const postgis = serverVersion.postgis === '' ? 'without PostGIS' : `PostGIS ${serverVersion.postgis}`;
  const sections = [
    `PostgreSQL ${serverVersion.postgresql}, ${postgis}`,
    section(`Served (${collections.size})`, servedLines([...collections.values()])),
    section(`Left out (${leftOut.length})`, leftOut.map(findingLines)),
    section(`Could work better (${warnings.length})`, warnings.map(findingLines)),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.join('\n')}`;
}

function servedLines(collections: readonly Collection[]): readonly string[] {
  const width = Math.min(40, Math.max(0, ...collections.map(({ id }) => id.length)));
  return collections.map((collection) => `  ${oneLine(collection.id).padEnd(width)}  ${factsOf(collection)}`);
}

function factsOf(collection: Collection): string {
  const rows = collection.estimatedRows === undefined ? undefined : `about ${collection.estimatedRows} rows`;
  if (collection.kind === 'raster') {
    const bands = `${collection.bands.length} × ${collection.bands[0]?.pixelType ?? '?'}`;
    const levels = collection.levels.map(({ factor }) => factor).join(', ');
    return ['raster', bands, `EPSG:${collection.srid}`, `levels ${levels}`, rows].filter(isText).join(', ');
  }
  const { geometry, key, temporal } = collection;
  const shape = geometry === undefined ? 'no geometry' : `${geometry.geometryType}${geometry.hasZ ? 'Z' : ''}${geometry.hasM ? 'M' : ''}`;
  const srid = geometry === undefined ? undefined : `EPSG:${geometry.srid}`;
  const keys = key.length === 0 ? 'no key' : `key ${key.map(({ name }) => name).join(', ')}`;
  const time = temporal === undefined ? undefined : `time ${temporal.start}`;
  return [shape, srid, keys, time, rows].filter(isText).join(', ');
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
