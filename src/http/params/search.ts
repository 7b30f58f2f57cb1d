import { AppError } from '../../base/error.ts';
import type { Parameter } from '../parameter.ts';

const MAX_CHARACTERS = 500;

/** `q`: words to look for (OGC 25-046, searchable collections). @throws AppError INVALID_PARAMETER */
export const searchParameter: Parameter<string | undefined> = {
  name: 'q',
  in: 'query',
  doc: 'Only what has all these words in its id, title, description or keywords; commas separate alternatives.',
  schema: { type: 'string', maxLength: MAX_CHARACTERS },
  parse(raw) {
    if (raw !== undefined && raw.length > MAX_CHARACTERS) {
      throw new AppError('INVALID_PARAMETER', {
        detail: `Cannot search for ${raw.length} characters: at most ${MAX_CHARACTERS} are possible`,
      });
    }
    return raw === undefined || raw.trim() === '' ? undefined : raw;
  },
};
