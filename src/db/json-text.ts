import { sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';

const PLAIN: ReadonlyMap<string, Sql> = new Map([
  ['int2', sql`int2`],
  ['int4', sql`int4`],
  ['int8', sql`int8`],
  ['oid', sql`oid`],
  ['bool', sql`bool`],
  ['json', sql`json`],
  ['jsonb', sql`jsonb`],
]);
const FRACTIONAL: ReadonlyMap<string, Sql> = new Map([
  ['float4', sql`float4`],
  ['float8', sql`float8`],
  ['numeric', sql`numeric`],
]);
const RANGES: Readonly<Record<string, string>> = {
  int4range: 'int4',
  int8range: 'int8',
  numrange: 'numeric',
  daterange: 'date',
  tsrange: 'timestamp',
  tstzrange: 'timestamptz',
};
const MULTIRANGES: Readonly<Record<string, string>> = {
  int4multirange: 'int4range',
  int8multirange: 'int8range',
  nummultirange: 'numrange',
  datemultirange: 'daterange',
  tsmultirange: 'tsrange',
  tstzmultirange: 'tstzrange',
};

/**
 * SQL for the JSON text of a value, SQL null for null: numbers keep the database's digits, NaN and infinities are null,
 * timestamps are UTC with `Z`, bytea is base64, ranges are objects. `type` is PostgreSQL's name (`int4`, `_text`);
 * types that are not named here go through `to_json`, which knows enums, composites, hstore and every other text.
 * Expects the session's TimeZone to be UTC; the fields of a composite are as `to_json` writes them.
 */
export function jsonText(type: string, value: Sql): Sql {
  // The cast to the type that it has costs nothing; a column that has become text since must not get in bare.
  const plain = PLAIN.get(type);
  if (plain !== undefined) return sql`${value}::${plain}::text`;
  const fractional = FRACTIONAL.get(type);
  // to_json would quote these three words; comparing short texts is cheaper than asking three times for the number.
  if (fractional !== undefined) return sql`nullif(nullif(nullif(${value}::${fractional}::text, 'NaN'), 'Infinity'), '-Infinity')`;
  const time = timeText(type, value);
  if (time !== undefined) return sql`'"' || ${time} || '"'`;
  if (type === 'bytea') return sql`'"' || translate(encode(${value}, 'base64'), E'\\n', '') || '"'`;
  const bound = RANGES[type];
  if (bound !== undefined) return rangeText(bound, value);
  const range = MULTIRANGES[type];
  if (range !== undefined) return listText(range, value);
  if (type.startsWith('_')) return arrayText(type.slice(1), value);
  return sql`to_json(${value})::text`;
}

/** SQL for a value as plain text, as a tile or a table cell shows it: strings and times bare, structures as JSON. */
export function plainText(type: string, value: Sql): Sql {
  const time = timeText(type, value);
  if (time !== undefined) return time;
  const structured = type.startsWith('_') || type in RANGES || type in MULTIRANGES || PLAIN.has(type) || FRACTIONAL.has(type);
  if (structured) return jsonText(type, value);
  if (type === 'bytea') return sql`translate(encode(${value}, 'base64'), E'\\n', '')`;
  return sql`(to_json(${value}) #>> '{}')`;
}

/** ISO text of a time without quotes; years before 1 keep PostgreSQL's ` BC`, which RFC 3339 has no word for. */
function timeText(type: string, value: Sql): Sql | undefined {
  if (type === 'date') return sql`case when isfinite(${value}) then trim('"' from to_json(${value})::text) end`;
  if (type !== 'timestamp' && type !== 'timestamptz') return undefined;
  const utc = type === 'timestamp' ? value : sql`(${value} at time zone 'UTC')`;
  const text = sql`trim('"' from to_json(${utc})::text)`;
  return sql`case when isfinite(${value}) then ${text} || case when ${utc} < '0001-01-01' then '' else 'Z' end end`;
}

function rangeText(bound: string, value: Sql): Sql {
  const lower = sql`coalesce(${jsonText(bound, sql`lower(${value})`)}, 'null')`;
  const upper = sql`coalesce(${jsonText(bound, sql`upper(${value})`)}, 'null')`;
  const bounds = sql`case when lower_inc(${value}) then '[' else '(' end || case when upper_inc(${value}) then ']' else ')' end`;
  return sql`case when ${value} is null then null when isempty(${value}) then '{"lower":null,"upper":null,"bounds":"empty"}' else '{"lower":' || ${lower} || ',"upper":' || ${upper} || ',"bounds":"' || (${bounds}) || '"}' end`;
}

/** Arrays of any number of dimensions by to_json; what that writes otherwise than a single value is mended by pattern. */
function arrayText(element: string, value: Sql): Sql {
  if (FRACTIONAL.has(element)) return sql`regexp_replace(to_json(${value})::text, '"(NaN|-?Infinity)"', 'null', 'g')`;
  if (element === 'date') return sql`regexp_replace(to_json(${value})::text, '"-?infinity"', 'null', 'g')`;
  if (element === 'timestamp' || element === 'timestamptz') {
    const finite = sql`regexp_replace(to_json(${value})::text, '"-?infinity"', 'null', 'g')`;
    return sql`regexp_replace(${finite}, '(:[0-9.]+)([+]00:00)?"', '\\1Z"', 'g')`;
  }
  return element === 'bytea' || element in RANGES ? listText(element, value) : sql`to_json(${value})::text`;
}

/** Elements one by one, for the few types that to_json does not write as we do; inner dimensions are flattened. */
function listText(element: string, value: Sql): Sql {
  const items = sql`string_agg(coalesce(${jsonText(element, sql`u.v`)}, 'null'), ',' order by u.n)`;
  return sql`case when ${value} is not null then (select '[' || coalesce(${items}, '') || ']' from unnest(${value}) with ordinality as u(v, n)) end`;
}
