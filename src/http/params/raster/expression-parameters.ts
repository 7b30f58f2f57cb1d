import type { Expression } from '../../../algebra/expression.ts';
import { LONGEST_EXPRESSION } from '../../../algebra/limits.ts';
import { parseFormula } from '../../../algebra/parse-formula.ts';
import { parseTitilerExpressions } from '../../../algebra/parse-titiler.ts';
import type { Parameter } from '../../parameter.ts';

/** `expression`: algebra over `b1`, `b2` … in TiTiler's spelling, `;` between several. @throws AppError INVALID_PARAMETER with the position */
export const expressionParameter: Parameter<readonly Expression[] | undefined> = {
  name: 'expression',
  in: 'query',
  doc: 'What to compute of the bands b1, b2 …, several separated by `;`: `(b4-b3)/(b4+b3)`, `where(b1>0,b1,0)`; `**` is power, `^` is exclusive or.',
  schema: { type: 'string', maxLength: LONGEST_EXPRESSION },
  parse: (raw) => (raw === undefined ? undefined : parseTitilerExpressions(raw)),
};

/** `formula`: algebra over the names of `layers` in django-raster's spelling. @throws AppError INVALID_PARAMETER with the position */
export const formulaParameter: Parameter<Expression | undefined> = {
  name: 'formula',
  in: 'query',
  doc: 'What to compute of the variables that `layers` names: `(a-b)/(a+b)`; here `^` is power, `&` `|` `!` are logic, `~` fills what has no data.',
  schema: { type: 'string', maxLength: LONGEST_EXPRESSION },
  parse: (raw) => (raw === undefined ? undefined : parseFormula(raw)),
};
