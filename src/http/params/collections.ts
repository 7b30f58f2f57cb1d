import { AppError } from '../../base/error.ts';
import type { Parameter } from '../parameter.ts';

/** Layers of one dataset tile at most; without a selection the first of them. */
export const MAX_LAYERS = 32;

/**
 * `collections`: which of them a dataset tile shows, ids or their URLs here, each once (OGC 20-057 §12).
 * @throws AppError INVALID_PARAMETER
 */
export const collectionsParameter: Parameter<readonly string[] | undefined> = {
  name: 'collections',
  in: 'query',
  doc: `Ids of the collections to show, at most ${MAX_LAYERS}, the lowest first; without it the first ${MAX_LAYERS} of all.`,
  schema: { type: 'array', minItems: 1, maxItems: MAX_LAYERS, items: { type: 'string', minLength: 1 } },
  parse(raw) {
    if (raw === undefined) return undefined;
    const ids = splitIds(raw).map((id) =>
      decodeURIComponent(/^https?:\/\/[^?#]*\/collections\/([^/?#]+)$/.exec(id)?.[1] ?? encodeURIComponent(id)),
    );
    if (ids.some((id) => id === '')) throw invalid(raw, 'an id is empty');
    if (ids.length > MAX_LAYERS) throw invalid(raw, `${ids.length} collections are more than ${MAX_LAYERS}`);
    if (new Set(ids).size < ids.length) throw invalid(raw, 'a collection is named twice');
    return ids;
  },
};

/** Splits at commas outside double quotes: ids of odd tables are quoted as in SQL. */
function splitIds(raw: string): readonly string[] {
  return raw.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=^|,)(?=,|$)/g) ?? [''];
}

function invalid(raw: string, why: string): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: `Cannot select collections "${raw.slice(0, 100)}": ${why}`,
  });
}
