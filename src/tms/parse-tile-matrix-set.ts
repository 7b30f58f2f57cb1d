import { parseCrs } from '../crs/crs-uri.ts';
import type { TileMatrix, TileMatrixSet } from './tile-matrix-set.ts';

type Members = Readonly<Record<string, unknown>>;

// First axis names in use, for documents that say their axes themselves.
const EAST_FIRST = /^(x|e|lon|long|longitude|easting)$/i;
const NORTH_FIRST = /^(y|n|lat|latitude|northing)$/i;

/**
 * Reads a tile matrix set document (OGC 17-083r4). Version 1.0 is not read: it does not say the size of a cell.
 * @throws Error that names the document, the place, what was wanted and what was found
 */
export function parseTileMatrixSet(document: unknown, source: string): TileMatrixSet {
  const root = members(document, source);
  const id = text(root.id, source, 'id');
  const name = `${source} (${id})`;
  if (!/^[\w.-]+$/.test(id)) fail(source, 'id', 'letters, digits, ".", "_" or "-"', id);
  const crs = crsText(root.crs, name);
  const axes = optionalTexts(root.orderedAxes, name, 'orderedAxes');
  const northingFirst = firstAxisPointsNorth(axes, crs.northingFirst);
  const rows = list(root.tileMatrices, name, 'tileMatrices');
  if (rows.length === 0) fail(name, 'tileMatrices', 'at least one tile matrix', rows);
  const matrices = rows.map((row, i) => parseMatrix(row, { name, at: `tileMatrices[${i}]`, northingFirst }));
  const ids = new Set(matrices.map((matrix) => matrix.id));
  if (ids.size !== matrices.length)
    fail(
      name,
      'tileMatrices',
      'ids that differ',
      matrices.map((m) => m.id),
    );
  return Object.freeze({
    id,
    title: optionalText(root.title, name, 'title') ?? id,
    uri: optionalText(root.uri, name, 'uri'),
    crs: crs.uri,
    srid: crs.srid,
    northingFirst,
    orderedAxes: axes,
    wellKnownScaleSet: optionalText(root.wellKnownScaleSet, name, 'wellKnownScaleSet'),
    matrices,
    document: root,
  });
}

interface Place {
  readonly name: string;
  readonly at: string;
  readonly northingFirst: boolean;
}

function parseMatrix(row: unknown, { name, at, northingFirst }: Place): TileMatrix {
  const matrix = members(row, `${name}: ${at}`);
  const whole = (key: string, least: number): number => wholeNumber(matrix[key], name, `${at}.${key}`, least);
  const positive = (key: string): number => {
    const size = number(matrix[key], name, `${at}.${key}`);
    return size > 0 ? size : fail(name, `${at}.${key}`, 'a number above 0', size);
  };
  const corner = list(matrix.pointOfOrigin, name, `${at}.pointOfOrigin`);
  if (corner.length !== 2) fail(name, `${at}.pointOfOrigin`, 'two numbers', corner);
  const [first, second] = [number(corner[0], name, `${at}.pointOfOrigin`), number(corner[1], name, `${at}.pointOfOrigin`)];
  return Object.freeze({
    id: text(matrix.id, name, `${at}.id`),
    scaleDenominator: positive('scaleDenominator'),
    cellSize: positive('cellSize'),
    originX: northingFirst ? second : first,
    originY: northingFirst ? first : second,
    cornerOfOrigin: cornerOfOrigin(matrix.cornerOfOrigin, name, at),
    tileWidth: whole('tileWidth', 1),
    tileHeight: whole('tileHeight', 1),
    matrixWidth: whole('matrixWidth', 1),
    matrixHeight: whole('matrixHeight', 1),
    coalesced: list(matrix.variableMatrixWidths ?? [], name, at).map((entry) => {
      const { coalesce, minTileRow, maxTileRow } = members(entry, `${name}: ${at}.variableMatrixWidths`);
      return {
        coalesce: wholeNumber(coalesce, name, `${at}.coalesce`, 2),
        minRow: wholeNumber(minTileRow, name, `${at}.minTileRow`, 0),
        maxRow: wholeNumber(maxTileRow, name, `${at}.maxTileRow`, 0),
      };
    }),
  });
}

function firstAxisPointsNorth(axes: readonly string[] | undefined, byCrs: boolean): boolean {
  const first = axes?.[0] ?? '';
  if (EAST_FIRST.test(first)) return false;
  return NORTH_FIRST.test(first) || byCrs;
}

function crsText(value: unknown, name: string): { readonly uri: string; readonly srid: number; readonly northingFirst: boolean } {
  const uri = typeof value === 'object' && value !== null && 'uri' in value ? value.uri : value;
  const crs = parseCrs(text(uri, name, 'crs'));
  if (crs?.srid === undefined) return fail(name, 'crs', 'the URI of an EPSG or OGC coordinate reference system', uri);
  return { uri: crs.uri, srid: crs.srid, northingFirst: crs.northingFirst };
}

function cornerOfOrigin(value: unknown, name: string, at: string): TileMatrix['cornerOfOrigin'] {
  if (value === undefined || value === 'topLeft') return 'topLeft';
  return value === 'bottomLeft' ? value : fail(name, `${at}.cornerOfOrigin`, '"topLeft" or "bottomLeft"', value);
}

function members(value: unknown, where: string): Members {
  return isMembers(value) ? value : fail(where, 'document', 'a JSON object', value);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown, name: string, at: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(name, at, 'a list', value);
}

function text(value: unknown, name: string, at: string): string {
  return typeof value === 'string' && value !== '' ? value : fail(name, at, 'text', value);
}

function optionalText(value: unknown, name: string, at: string): string | undefined {
  return value === undefined ? undefined : text(value, name, at);
}

function optionalTexts(value: unknown, name: string, at: string): readonly string[] | undefined {
  return value === undefined ? undefined : list(value, name, at).map((item) => text(item, name, at));
}

function number(value: unknown, name: string, at: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fail(name, at, 'a number', value);
}

function wholeNumber(value: unknown, name: string, at: string, least: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
    ? value
    : fail(name, at, `a whole number of at least ${least}`, value);
}

function fail(name: string, at: string, wanted: string, got: unknown): never {
  const found = got === undefined ? 'nothing' : JSON.stringify(got);
  throw new Error(`Cannot read tile matrix set ${name}: ${at}: expected ${wanted}, got ${found}`);
}
