import { compile } from './compile.ts';
import type { Expression } from './expression.ts';

/**
 * A condition on one number, such as the legend's `(-3.0 < x) & (x <= 1)`, as a function. It holds where the
 * expression is a number other than 0; for NaN it does not hold unless the expression asks for NULL. The variable is
 * `x`; throws INVALID_PARAMETER for others. For a whole plane compile the expression instead: one run costs far less
 * than a call per pixel.
 */
export function predicateOf(expression: Expression): (x: number) => boolean {
  const program = compile([expression], ['x']);
  const input = new Float64Array(1);
  const output = new Float64Array(1);
  return (x) => {
    input[0] = x;
    program.run([input], [output]);
    const value = output[0] ?? Number.NaN;
    return value === value && value !== 0;
  };
}
