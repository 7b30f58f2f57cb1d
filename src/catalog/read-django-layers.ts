import { ANONYMOUS } from '../base/principal.ts';
import { ident, sql, type Sql } from '../base/sql.ts';
import { parseColorMap } from '../color/parse-color-map.ts';
import type { ColorMap } from '../color/color-map.ts';
import { checkConditionFormula } from '../raster/coloring/index-conditions.ts';
import type { Database, Row } from '../db/database.ts';
import type { LayerKind } from '../raster/layer-kind.ts';
import type { Candidate } from './candidate.ts';
import type { Finding } from './catalog.ts';
import { float, int, optional, text } from './cell.ts';
import { djangoTileColumn, type DjangoContent, type DjangoLayer } from './django-layer.ts';
import { qualifiedName } from './collection-id.ts';
import { readFor } from './finding.ts';
import { pixelTypeOf } from './pixel-type.ts';
import type { NamedLegend } from './stored-legend.ts';

/** Codes of `RasterLayer.datatype`. */
const KINDS: Readonly<Record<string, LayerKind>> = { co: 'continuous', ca: 'categorical', ma: 'mask', ro: 'rank-ordered' };
const MAX_ZOOM = 24;
const TIMEOUT_MS = 5000;

/**
 * The layers and legends beside every table of django-raster's tiles among the candidates. A table whose layers cannot be read (no
 * privilege on its sisters, too many tiles for the time) is left to be a raster table like any other.
 */
export async function readDjangoLayers(
  database: Database,
  candidates: readonly Candidate[],
  options: { readonly postgisSchema: string; readonly signal: AbortSignal },
): Promise<DjangoContent> {
  const layers = new Map<number, readonly DjangoLayer[]>();
  const legends: NamedLegend[] = [];
  const findings: Finding[] = [];
  const run = { signal: options.signal, principal: ANONYMOUS, timeoutMs: TIMEOUT_MS };
  for (const candidate of candidates) {
    if (djangoTileColumn(candidate) === undefined) continue;
    try {
      const rows = await database.rows(layersStatement(candidate, options.postgisSchema), { ...run, name: 'catalog.django-layers' });
      layers.set(
        candidate.row.oid,
        rows.flatMap((row) => layerOf(row) ?? []),
      );
      const stored = await database.rows(legendsStatement(candidate), { ...run, name: 'catalog.django-legends' });
      legends.push(...stored.flatMap(namedLegendOf));
      findings.push(...sisterFindings(candidate));
    } catch {
      options.signal.throwIfAborted();
    }
  }
  return { layers, legends, findings };
}

/** Each layer with its zoom levels, the tiles of the finest, and the bands of one of these; indexes answer all of it. */
function layersStatement({ relation }: Candidate, postgisSchema: string): Sql {
  const sister = (name: string): Sql => sisterOf(relation, name);
  const tiles = ident([relation.schema, relation.name]);
  const postgis = (name: string): Sql => ident([postgisSchema, name]);
  return sql`select l.id, l.name, l.description, l.datatype, array_to_string(z.zooms, ','),
      x.min_x, x.max_x, x.min_y, x.max_y,
      (select string_agg(${postgis('st_bandpixeltype')}(one.rast, band) || ' ' || coalesce(${postgis('st_bandnodatavalue')}(one.rast, band)::text, ''), ',' order by band)
        from generate_series(1, ${postgis('st_numbands')}(one.rast)) as band),
      (select json from ${sister('legend')} where id = l.legend_id)
    from ${sister('rasterlayer')} as l
    cross join lateral (select array_agg(zoom order by zoom) as zooms from generate_series(0, ${MAX_ZOOM}::int) as zoom
      where exists (select from ${tiles} where rasterlayer_id = l.id and tilez = zoom)) as z
    cross join lateral (select min(tilex) as min_x, max(tilex) as max_x, min(tiley) as min_y, max(tiley) as max_y from ${tiles}
      where rasterlayer_id = l.id and tilez = z.zooms[cardinality(z.zooms)]) as x
    cross join lateral (select rast from ${tiles}
      where rasterlayer_id = l.id and tilez = z.zooms[cardinality(z.zooms)] and rast is not null limit 1) as one
    order by l.id`;
}

function legendsStatement({ relation }: Candidate): Sql {
  return sql`select id, title, json from ${sisterOf(relation, 'legend')} order by id`;
}

/** Another table of the same installation: Django puts the name of the application before each. */
function sisterOf({ schema, name }: Candidate['relation'], sister: string): Sql {
  return ident([schema, sisterName(name, sister)]);
}

function sisterName(tiles: string, sister: string): string {
  return tiles.replace(/rastertile$/, sister);
}

function namedLegendOf(row: Row): readonly NamedLegend[] {
  const colorMap = legendOf(optional(row, 2));
  const names = [text(row, 1), text(row, 0)].filter((name) => name !== '');
  return colorMap === undefined ? [] : [{ names, source: 'django-raster', colorMap }];
}

/** That the tables beside the tiles are not left out, though they are no collections. */
function sisterFindings({ relation }: Candidate): readonly Finding[] {
  const { schema, name } = relation;
  const of = (sister: string, what: string): Finding =>
    readFor(
      { schema, name: sisterName(name, sister) },
      { code: 'django-raster', message: `It has the ${what} of ${qualifiedName(relation)}` },
    );
  return [of('rasterlayer', 'titles and kinds of the layers'), of('legend', 'legends of the layers')];
}

function layerOf(row: Row): DjangoLayer | undefined {
  const zooms = text(row, 4)
    .split(',')
    .flatMap((zoom) => (zoom === '' ? [] : Number(zoom)));
  const bands = text(row, 9)
    .split(',')
    .flatMap((band) => {
      const [type = '', nodata = ''] = band.split(' ');
      const pixelType = pixelTypeOf(type);
      return pixelType === undefined ? [] : [{ pixelType, nodata: nodata === '' ? undefined : Number(nodata) }];
    });
  if (zooms.length === 0 || bands.length === 0) return undefined;
  return {
    id: int(row, 0),
    title: named(text(row, 1)),
    description: named(text(row, 2)),
    kind: KINDS[text(row, 3)] ?? 'continuous',
    zooms,
    tiles: { minX: float(row, 5) ?? 0, maxX: float(row, 6) ?? 0, minY: float(row, 7) ?? 0, maxY: float(row, 8) ?? 0 },
    bands,
    legend: legendOf(optional(row, 10)),
  };
}

function named(value: string): string | undefined {
  return value === '' ? undefined : value;
}

/** Entries of a legend as django-raster stores them; one that cannot be read gives none. */
function legendOf(json: string | undefined): ColorMap | undefined {
  if (json === undefined || json === '') return undefined;
  try {
    return parseColorMap(json, { checkFormula: checkConditionFormula });
  } catch {
    return undefined;
  }
}
