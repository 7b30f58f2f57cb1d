import type { Bbox } from '../base/bbox.ts';
import { baseOf, columnKey, versionOf } from './build.ts';
import type { BuildContext, Outcome } from './build.ts';
import type { Candidate, CandidateColumn } from './candidate.ts';
import type { Finding } from './catalog.ts';
import type { Band, RasterCollection, RasterLevel } from './collection.ts';
import { failureText } from './failure.ts';
import { leftOut, quoted, quotedText, warning } from './finding.ts';
import { hasRasterIndex } from './key-columns.ts';
import type { RasterConstraints } from './raster-constraints.ts';
import type { RasterSample } from './raster-sample.ts';
import { tableColumns } from './table-columns.ts';
import { temporalColumns } from './temporal.ts';

/** From this many pixels along a side on, a raster without overviews is worth a warning. */
const BIG_PX = 4_096;

/** Whether the constraints leave something open that only rows can tell. */
export function needsRasterSample(facts: RasterConstraints): boolean {
  return facts.srid === undefined || facts.pixelWidth === undefined || facts.pixelHeight === undefined || facts.pixelTypes === undefined;
}

/** A raster collection of one raster column with its pyramid, or why there is none. */
export function buildRaster(
  candidate: Candidate,
  column: CandidateColumn,
  place: { readonly id: string; readonly own: boolean },
  context: BuildContext,
): Outcome {
  const key = columnKey(candidate.row.oid, column.row.name);
  const result = context.rasterSamples.get(key);
  const sample = result === undefined || 'failure' in result ? undefined : result;
  const constraints = context.rasterConstraints.get(key);
  const facts = factsOf(constraints, sample);
  const fault =
    result !== undefined && 'failure' in result && facts === undefined
      ? unreadable(candidate, column, result.failure)
      : rasterFault(candidate, column, facts, context);
  if (fault !== undefined || facts === undefined) return { collection: undefined, findings: fault === undefined ? [] : [fault] };
  const table = tableColumns(candidate, context.properties);
  const content = {
    ...baseOf(candidate, column, place.id, place.own),
    kind: 'raster' as const,
    column: column.row.name,
    srid: facts.srid,
    bands: bandsOf(facts, { candidate, column, place }, context),
    levels: levelsOf(candidate, column, facts, context),
    nativeBbox: facts.bbox,
    blockWidth: facts.blockWidth,
    blockHeight: facts.blockHeight,
    regularBlocking: constraints?.regularBlocking ?? false,
    properties: table.properties,
    key: table.key,
    temporal: temporalColumns(candidate.comment, table.properties).columns,
    layerKind: commentsOf(candidate, column)[0]?.kind,
    otherSrids: otherSrids(facts.srid, sample),
  };
  const collection: RasterCollection = Object.freeze({ ...content, version: versionOf(content, candidate) });
  return { collection, findings: rasterWarnings(candidate, collection) };
}

/** SRIDs that rows were seen in besides the collection's; undefined when there are none, 0 means nothing. */
function otherSrids(srid: number, sample: RasterSample | undefined): readonly number[] | undefined {
  const others = sample?.srids.filter((other) => other !== srid && other > 0) ?? [];
  return others.length === 0 ? undefined : Object.freeze(others);
}

interface RasterFacts {
  readonly srid: number;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly blockWidth: number | undefined;
  readonly blockHeight: number | undefined;
  readonly bands: readonly Pick<Band, 'pixelType' | 'nodata'>[];
  readonly bbox: Bbox | undefined;
}

function factsOf(constraints: RasterConstraints | undefined, sample: RasterSample | undefined): RasterFacts | undefined {
  const srid = constraints?.srid ?? sample?.srid;
  const pixelWidth = constraints?.pixelWidth ?? sample?.pixelWidth;
  const pixelHeight = constraints?.pixelHeight ?? sample?.pixelHeight;
  const bands = constraints?.pixelTypes?.map((pixelType, index) => ({ pixelType, nodata: constraints.nodata?.[index] })) ?? sample?.bands;
  if (srid === undefined || pixelWidth === undefined || pixelHeight === undefined || bands === undefined) return undefined;
  return {
    srid,
    pixelWidth,
    pixelHeight,
    blockWidth: constraints?.blockWidth ?? sample?.blockWidth,
    blockHeight: constraints?.blockHeight ?? sample?.blockHeight,
    bands,
    bbox: constraints?.extent ?? sample?.bbox,
  };
}

/** What is said of the bands: by the column's comment, else by the table's. */
function commentsOf(candidate: Candidate, column: CandidateColumn): Candidate['comment']['bands'] {
  return column.comment.bands.length > 0 ? column.comment.bands : candidate.comment.bands;
}

interface BandOwner {
  readonly candidate: Candidate;
  readonly column: CandidateColumn;
  readonly place: { readonly id: string; readonly own: boolean };
}

/** Names are those of the comment, else `b1` … `bn`; classes those of the table of legends, else of the comment. */
function bandsOf(facts: RasterFacts, { candidate, column, place }: BandOwner, { legends }: BuildContext): readonly Band[] {
  const { schema, name: table } = candidate.relation;
  const ids = [...new Set(place.own ? [place.id, `${schema}.${table}`] : [place.id])];
  const comments = commentsOf(candidate, column);
  const bands = facts.bands.map(({ pixelType, nodata }, index) => {
    const comment = comments[index];
    const name = comment?.name ?? `b${index + 1}`;
    const classes = legends.classesOf(ids, { number: index + 1, name });
    return Object.freeze({
      name,
      title: comment?.title,
      unit: comment?.unit ?? (facts.bands.length === 1 ? (column.comment.unit ?? candidate.comment.unit) : undefined),
      pixelType,
      nodata: comment?.nodata ?? nodata,
      scale: comment?.scale ?? 1,
      offset: comment?.offset ?? 0,
      classes: classes.length > 0 ? classes : (comment?.classes ?? []),
      ...colorOf(index, facts.bands),
    });
  });
  return Object.freeze(bands);
}

/** One band is grey; three or more begin with red, green and blue; of exactly four byte bands the last is alpha. */
function colorOf(index: number, bands: RasterFacts['bands']): Pick<Band, 'color'> {
  if (bands.length < 3) return index === 0 ? { color: 'gray' } : {};
  const colors = ['red', 'green', 'blue'] as const;
  const hasAlpha = bands.length === 4 && bands.every(({ pixelType }) => pixelType === '8BUI');
  const color = colors[index] ?? (hasAlpha ? 'alpha' : undefined);
  return color === undefined ? {} : { color };
}

function levelsOf(candidate: Candidate, column: CandidateColumn, facts: RasterFacts, context: BuildContext): readonly RasterLevel[] {
  const base: RasterLevel = Object.freeze({
    relation: candidate.relation,
    column: column.row.name,
    factor: 1,
    pixelWidth: facts.pixelWidth,
    pixelHeight: facts.pixelHeight,
    indexed:
      hasRasterIndex(column.row, candidate.indexes) || candidate.sources.some((source) => hasRasterIndex(source.column, source.indexes)),
  });
  const overviews = context.overviews
    .filter((overview) => overview.baseOid === candidate.row.oid && overview.baseColumn === column.row.name)
    .map(({ level }) =>
      Object.freeze({
        ...level,
        pixelWidth: Number.isNaN(level.pixelWidth) ? facts.pixelWidth * level.factor : level.pixelWidth,
        pixelHeight: Number.isNaN(level.pixelHeight) ? facts.pixelHeight * level.factor : level.pixelHeight,
      }),
    )
    .sort((a, b) => a.factor - b.factor);
  return Object.freeze([base, ...overviews]);
}

function rasterFault(
  candidate: Candidate,
  column: CandidateColumn,
  facts: RasterFacts | undefined,
  context: BuildContext,
): Finding | undefined {
  const { relation } = candidate;
  const table = quoted([relation.schema, relation.name]);
  const { name } = column.row;
  if (facts === undefined) {
    return leftOut(relation, {
      column: name,
      code: 'no-raster-data',
      message: `${name} has no constraints, and none of its first rows holds a raster with bands`,
      remedy: `-- after loading rasters: select AddRasterConstraints(${quotedText(relation.schema)}::name, ${quotedText(relation.name)}::name, ${quotedText(name)}::name);`,
    });
  }
  if (facts.srid <= 0) {
    return leftOut(relation, {
      column: name,
      code: 'srid-unknown',
      message: `The rasters of ${name} have no SRID`,
      remedy: `update ${table} set ${quoted(name)} = st_setsrid(${quoted(name)}, 4326); -- with the SRID of the data`,
    });
  }
  if (context.references?.has(facts.srid) !== false) return undefined;
  return leftOut(relation, {
    column: name,
    code: 'srid-undefined',
    message: `The SRID ${facts.srid} of ${name} is not in spatial_ref_sys, so that nothing is known about it`,
    remedy: `insert into ${quoted([context.postgisSchema, 'spatial_ref_sys'])} (srid, auth_name, auth_srid, srtext, proj4text) values (${facts.srid}, …);`,
  });
}

function unreadable(candidate: Candidate, column: CandidateColumn, failure: unknown): Finding {
  return leftOut(candidate.relation, {
    column: column.row.name,
    code: 'not-readable',
    message: `Reading the first rows failed: ${failureText(failure)}`,
  });
}

function rasterWarnings({ relation }: Candidate, collection: RasterCollection): readonly Finding[] {
  if (relation.kind === 'view' || relation.kind === 'foreign-table') return [];
  const table = quoted([relation.schema, relation.name]);
  const { column } = collection;
  const findings: Finding[] = [];
  if (collection.levels[0]?.indexed === false && (collection.estimatedRows ?? 2) > 1) {
    findings.push(
      warning(relation, {
        column,
        code: 'no-spatial-index',
        message: `No usable spatial index stands on ${column}: every tile reads the whole table`,
        remedy: `create index on ${table} using gist (st_convexhull(${quoted(column)}));`,
      }),
    );
  }
  if (collection.levels.length === 1 && sidePx(collection) > BIG_PX) {
    const overviews = [2, 4, 8].map(
      (factor) => `select st_createoverview(${quotedText(table)}::regclass, ${quotedText(column)}, ${factor});`,
    );
    findings.push(
      warning(relation, {
        column,
        code: 'no-overviews',
        message: `${column} is ${Math.round(sidePx(collection))} pixels along a side and has no overviews: tiles of large areas read all of it`,
        remedy: overviews.join(' '),
      }),
    );
  }
  return findings;
}

function sidePx({ nativeBbox, levels }: RasterCollection): number {
  const base = levels[0];
  if (nativeBbox === undefined || base === undefined) return 0;
  return Math.max((nativeBbox[2] - nativeBbox[0]) / base.pixelWidth, (nativeBbox[3] - nativeBbox[1]) / base.pixelHeight);
}
