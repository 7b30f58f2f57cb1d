import type { BinaryOperator, Expression, UnaryOperator } from './expression.ts';

/** How an operator between operands binds: higher levels first; `none` forbids a second one of the level beside it. */
export interface Infix {
  readonly operator: BinaryOperator;
  readonly level: number;
  readonly groups: 'left' | 'right' | 'none';
}

/** How an operator before its operand binds: infix operators of its level and above belong to its operand. */
export interface Prefix {
  readonly operator: UnaryOperator;
  readonly level: number;
}

/** A sub-expression, or what had to stand there instead, as a message says it after "expected". */
export type Meaning = Expression | string;

/** One language over the common tree: spelling and precedence as tables, meaning as small functions. */
export interface Grammar {
  /** How messages call a text of the language. */
  readonly noun: string;
  /** What messages say can stand where a value is expected. */
  readonly operand: string;
  readonly infix: ReadonlyMap<string, Infix>;
  readonly prefix: ReadonlyMap<string, Prefix>;
  /** Spelling → name in the tree, of all that can be called. */
  readonly functions: ReadonlyMap<string, string>;
  /** What may stand between several expressions; empty in a language of one expression. */
  readonly separators: ReadonlySet<string>;
  /** True when the language has numbers such as 0x1F and 0b101. */
  readonly radix: boolean;
  /** A name as tables and variables know it. */
  fold(name: string): string;
  /** What a name that is not called stands for. */
  named(name: string): Meaning;
  /** The node of an operator between operands. */
  join(operator: BinaryOperator, left: Expression, right: Expression): Meaning;
  /** The node of an operator before its operand. */
  sign(operator: UnaryOperator, operand: Expression): Meaning;
  /** An expression that is to stand by itself or in a call. */
  whole(expression: Expression): Meaning;
}
