import { ANONYMOUS } from '../base/principal.ts';
import { ident, sql } from '../base/sql.ts';
import type { ColorMap } from '../color/color-map.ts';
import { parseColor } from '../color/parse-color.ts';
import type { Database, Row, RunOptions } from '../db/database.ts';
import { describeLayer, layerColorMap } from '../raster/layer-kind.ts';
import type { Finding } from './catalog.ts';
import { flag, text } from './cell.ts';
import { classesMember } from './class-comment.ts';
import type { BandClass } from './collection.ts';
import { isObject, type Members } from './comment-members.ts';
import { failureText } from './failure.ts';
import { quoted, readFor, warning } from './finding.ts';
import type { NamedLegend } from './stored-legend.ts';

/** Classes by the collection and the band for which a table of legends has them. */
export interface Legends {
  /** The classes of a band by its number from 1 or by its name; the first band also has those that name none. */
  classesOf(collections: readonly string[], band: { readonly number: number; readonly name: string }): readonly BandClass[];
  /** The classes of each collection and band as colours for any picture: `geoid_zones`, `landsat/nir` for other bands than the first. */
  readonly named: readonly NamedLegend[];
  readonly findings: readonly Finding[];
}

/** Where legends are looked for unless a setting says otherwise. */
export const USUAL_LEGEND_TABLE = 'graticule.legend';

const MAX_ROWS = 20_000;
const TIMEOUT_MS = 5000;
/** Of these many rows at most it is told that they make no sense. */
const MAX_FAULTS = 10;

/** Nothing, for databases without such a table. */
const NO_LEGENDS: Legends = { classesOf: () => [], named: [], findings: [] };

/**
 * Reads a table or view of legends: columns `collection`, `band` (number or name; null: the first), `value` or `min` and
 * `max` (null: open), `label`, `color`; all but the first may be missing. The rows keep their order. What cannot be read
 * becomes a finding; the usual table may be absent.
 */
export async function readLegendTable(database: Database, name: string, signal: AbortSignal): Promise<Legends> {
  const [schema = '', ...rest] = name.includes('.') ? name.split('.') : ['public', name];
  const subject = { schema, name: rest.join('.') };
  const context: RunOptions = { signal, principal: ANONYMOUS, name: 'catalog.legends', timeoutMs: TIMEOUT_MS };
  try {
    const [found] = await database.rows(
      sql`select n.nspname, c.relname, has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = ${subject.schema} and c.relname = ${subject.name} and c.relkind in ('r', 'v', 'm', 'f', 'p')`,
      context,
    );
    if (found === undefined) return name === USUAL_LEGEND_TABLE ? NO_LEGENDS : failed(subject, 'There is no such table or view');
    if (!flag(found, 2))
      return failed(subject, 'The role may not read it', `grant select on ${quoted([subject.schema, subject.name])} to …;`);
    const table = ident([text(found, 0), text(found, 1)]);
    return legendsOf(await database.rows(sql`select to_jsonb(l)::text from ${table} as l limit ${MAX_ROWS}::int`, context), subject);
  } catch (error) {
    signal.throwIfAborted();
    return failed(subject, failureText(error));
  }
}

function failed(subject: { readonly schema: string; readonly name: string }, reason: string, remedy?: string): Legends {
  const message = `Legends cannot be read: ${reason}`;
  return { ...NO_LEGENDS, findings: [warning(subject, { code: 'no-legends', message, remedy })] };
}

function legendsOf(rows: readonly Row[], subject: { readonly schema: string; readonly name: string }): Legends {
  const faults: string[] = [];
  const byBand = new Map<string, BandClass[]>();
  const byName = new Map<string, BandClass[]>();
  rows.forEach((row, n) => {
    const members: unknown = JSON.parse(text(row, 0));
    if (!isObject(members) || typeof members['collection'] !== 'string') return;
    const [collection, band] = [members['collection'], String(members['band'] ?? 1)];
    const [key, name] = [bandKey(collection, band), /^b?1$/.test(band) ? collection : `${collection}/${band}`];
    const classes = classesMember([bounded(members)], '', []);
    if (classes.length === 0) faults.push(`Row ${n + 1} of the legends is left out: expected a number in value, or min below max`);
    byBand.set(key, [...(byBand.get(key) ?? []), ...classes]);
    byName.set(name, [...(byName.get(name) ?? []), ...classes]);
  });
  const named = [...byName].flatMap(([name, classes]): readonly NamedLegend[] =>
    classes.length === 0 ? [] : [{ names: [name], source: 'legend-table', colorMap: colorMapOf(classes) }],
  );
  const message = `It has the legends of ${named.length} bands of rasters in ${rows.length} rows`;
  return {
    classesOf: (collections, { number, name }) =>
      collections.flatMap((collection) => [String(number), name].flatMap((band) => byBand.get(bandKey(collection, band)) ?? [])),
    named,
    findings: [
      readFor(subject, { code: 'legends', message }),
      ...faults.slice(0, MAX_FAULTS).map((fault) => warning(subject, { code: 'no-legends', message: fault })),
    ],
  };
}

function colorMapOf(classes: readonly BandClass[]): ColorMap {
  const declared = classes.map((own) => ({ ...own, color: parseColor(own.color) }));
  return layerColorMap(describeLayer({ declared }));
}

function bandKey(collection: string, band: string): string {
  return JSON.stringify([collection, band]);
}

/** Without nulls; of an interval the end that is missing is open. */
function bounded(members: Members): Members {
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
  if (given['value'] !== undefined) return { ...given, min: undefined, max: undefined };
  if (given['min'] === undefined && given['max'] === undefined) return given;
  return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, ...given };
}
