import { AppError } from '../../base/error.ts';
import type { Parameter } from '../parameter.ts';

/**
 * `collections`: which of them a dataset tile shows, ids or their URLs here, each once and at most `maximum` (OGC 20-057
 * §12). Without it the first `maximum` of all.
 * @throws AppError INVALID_PARAMETER
 */
export function collectionsParameter(maximum: number): Parameter<readonly string[] | undefined> {
  return {
    name: 'collections',
    in: 'query',
    doc: `Ids of the collections to show, at most ${maximum}, the lowest first; without it the first ${maximum} of all.`,
    schema: { type: 'array', minItems: 1, maxItems: maximum, items: { type: 'string', minLength: 1 } },
    parse(raw) {
      if (raw === undefined) return undefined;
      const ids = splitIds(raw).map((id) =>
        decodeURIComponent(/^https?:\/\/[^?#]*\/collections\/([^/?#]+)$/.exec(id)?.[1] ?? encodeURIComponent(id)),
      );
      if (ids.some((id) => id === '')) throw invalid(raw, 'an id is empty');
      if (ids.length > maximum) throw invalid(raw, `${ids.length} collections are more than ${maximum}`);
      if (new Set(ids).size < ids.length) throw invalid(raw, 'a collection is named twice');
      return ids;
    },
  };
}

/** Splits at commas outside double quotes: ids of odd tables are quoted as in SQL. */
export function splitIds(raw: string): readonly string[] {
  return raw.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=^|,)(?=,|$)/g) ?? [''];
}

function invalid(raw: string, why: string): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: `Cannot select collections "${raw.slice(0, 100)}": ${why}`,
  });
}
