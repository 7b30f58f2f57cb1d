import type { Overview } from './build.ts';
import { columnKey } from './build.ts';
import type { Candidate } from './candidate.ts';
import { hasRasterIndex } from './key-columns.ts';
import { parseRasterConstraints } from './raster-constraints.ts';
import type { RasterConstraints } from './raster-constraints.ts';

/** The constraints of every raster column, keyed by `columnKey`. */
export function rasterConstraintsOf(candidates: readonly Candidate[]): ReadonlyMap<string, RasterConstraints> {
  return new Map(
    candidates.flatMap((candidate) =>
      candidate.columns
        .filter(({ role }) => role === 'raster')
        .map(({ row }): [string, RasterConstraints] => [
          columnKey(candidate.row.oid, row.name),
          parseRasterConstraints(row.name, candidate.constraints),
        ]),
    ),
  );
}

/**
 * Overview tables as levels of the table that their constraint names, whatever their own name. A level that the role
 * may not read is none. Pixel sizes that the level's own constraints do not tell are NaN: the base's times the factor.
 */
export function findOverviews(candidates: readonly Candidate[], constraints: ReadonlyMap<string, RasterConstraints>): readonly Overview[] {
  const byName = new Map(candidates.map(({ row }) => [JSON.stringify([row.schema, row.name]), row.oid]));
  return candidates.flatMap((candidate) =>
    candidate.columns.flatMap(({ row }) => {
      const facts = constraints.get(columnKey(candidate.row.oid, row.name));
      const of = facts?.overviewOf;
      const baseOid = of === undefined ? undefined : byName.get(JSON.stringify([of.schema, of.table]));
      if (facts === undefined || of === undefined || baseOid === undefined || !row.selectable) return [];
      const level = {
        relation: candidate.relation,
        column: row.name,
        factor: of.factor,
        pixelWidth: facts.pixelWidth ?? Number.NaN,
        pixelHeight: facts.pixelHeight ?? Number.NaN,
        indexed: hasRasterIndex(row, candidate.indexes),
      };
      return [{ level, baseOid, baseColumn: of.column }];
    }),
  );
}
