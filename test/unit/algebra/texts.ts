import { constant, constantFrom, double, letrec, nat, oneof, tuple, type Arbitrary } from 'fast-check';

/** What random texts of a language are made of. */
export interface Parts {
  readonly names: readonly string[];
  readonly infix: readonly string[];
  readonly prefix: readonly string[];
  readonly calls: readonly string[];
  readonly pairs: readonly string[];
  readonly triples: readonly string[];
}

const space = constantFrom('', ' ', '  ');

const number = oneof(
  nat(20).map(String),
  double({ min: 0, max: 1000, noNaN: true }).map((value) => value.toFixed(3)),
  constantFrom('1e-3', '2.5e2', '4294967295', '0.5'),
);

/** Random texts of a language: chains without parentheses, so that precedence matters, and with some. */
export function texts({ names, infix, prefix, calls, pairs, triples }: Parts): Arbitrary<string> {
  const { text } = letrec<{ text: string; value: string; link: string }>((tie) => ({
    value: oneof(
      { maxDepth: 4, withCrossShrink: true },
      constantFrom(...names),
      number,
      tuple(constantFrom(...prefix), space, tie('value')).map((parts) => parts.join('')),
      tuple(constant('('), tie('text'), constant(')')).map((parts) => parts.join('')),
      tuple(constantFrom(...calls), tie('text')).map(([name, inner]) => `${name}(${inner})`),
      ...(pairs.length === 0
        ? []
        : [
            tuple(constantFrom(...pairs), tie('text'), tie('text')).map(([name, a, b]) => `${name}(${a}, ${b})`),
            tuple(constantFrom(...triples), tie('text'), tie('text'), tie('text')).map(([name, a, b, c]) => `${name}(${a},${b},${c})`),
          ]),
    ),
    link: tuple(tie('value'), space, constantFrom(...infix), space).map((parts) => parts.join('')),
    text: oneof(
      { maxDepth: 4 },
      tie('value'),
      tuple(tie('link'), tie('value')).map((parts) => parts.join('')),
      tuple(tie('link'), tie('link'), tie('value')).map((parts) => parts.join('')),
      tuple(tie('link'), tie('link'), tie('link'), tie('value')).map((parts) => parts.join('')),
    ),
  }));
  return text;
}
