import { parseSubset } from '../../../base/subset.ts';
import type { AxisSubset } from '../../../base/subset.ts';
import type { Parameter } from '../../parameter.ts';

/** `subset`, also repeated. @throws AppError INVALID_PARAMETER */
export const subsetParameter: Parameter<readonly AxisSubset[] | undefined> = {
  name: 'subset',
  in: 'query',
  doc: 'What to cut out, axis by axis: `Lat(50:60),Lon(10:20)`, `E(…),N(…)` in the units of `subset-crs`, `time("2024-01":"2024-06")`; and further columns of the table by their names, `cloud(0:20)`, `sensor("b")`; `*` is the limit of the data, alone the latest or greatest value, one value a slice.',
  schema: { type: 'array', minItems: 1, items: { type: 'string' } },
  repeatable: true,
  parse: (raw) => (raw === undefined ? undefined : parseSubset(raw)),
};
