import { cannotParse } from '../../../base/cannot-parse.ts';
import type { Parameter } from '../../parameter.ts';

const MAX_CHARACTERS = 2000;

/** `algorithm_params`: a JSON object; what it may hold is the algorithm's to say. @throws AppError INVALID_PARAMETER */
export const algorithmParamsParameter: Parameter<unknown> = {
  name: 'algorithm_params',
  in: 'query',
  doc: 'Parameters of `algorithm` as a JSON object: `{"azimuth": 315, "angle_altitude": 45}`.',
  schema: { type: 'string', maxLength: MAX_CHARACTERS },
  parse(raw) {
    if (raw === undefined) return undefined;
    if (raw.length > MAX_CHARACTERS) throw cannotParse('algorithm_params', raw, `expected at most ${MAX_CHARACTERS} characters`);
    try {
      const value: unknown = JSON.parse(raw);
      return value;
    } catch {
      throw cannotParse('algorithm_params', raw, 'expected a JSON object');
    }
  },
};
