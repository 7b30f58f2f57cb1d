import { AppError } from '../base/error.ts';
import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import type { Grammar, Meaning } from './grammar.ts';
import { tokenize, type Token } from './lexer.ts';
import { DEEPEST_EXPRESSION, LONGEST_EXPRESSION, MOST_NODES } from './limits.ts';

/** A text on its way to a tree. */
interface Reading {
  readonly grammar: Grammar;
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  nodes: number;
}

/**
 * Reads the expressions of a text by precedence climbing (Pratt, "Top down operator precedence", 1973) over the
 * tables of a grammar. Throws INVALID_PARAMETER with the 1-based position and what was expected there.
 */
export function parseBy(grammar: Grammar, text: string): readonly Expression[] {
  if (text.length > LONGEST_EXPRESSION) {
    fail({ grammar, text }, `at most ${LONGEST_EXPRESSION} characters, got ${text.length}`);
  }
  const reading: Reading = { grammar, text, tokens: tokenize(text), next: 0, depth: 0, nodes: 0 };
  const expressions: Expression[] = [];
  while (peek(reading).kind !== 'end' || expressions.length === 0) {
    expressions.push(readOperand(reading));
    const token = take(reading);
    if (token.kind !== 'end' && !grammar.separators.has(token.text)) failAt(reading, token, afterValue(grammar));
  }
  return expressions;
}

function readLevel(reading: Reading, level: number): Expression {
  reading.depth += 1;
  if (reading.depth > DEEPEST_EXPRESSION) failAt(reading, peek(reading), `at most ${DEEPEST_EXPRESSION} levels of nesting`);
  let left = readPrefix(reading);
  let closed = Infinity;
  for (;;) {
    const token = peek(reading);
    const infix = token.kind === 'symbol' ? reading.grammar.infix.get(token.text) : undefined;
    if (infix === undefined || infix.level < level) break;
    if (infix.level === closed) failAt(reading, token, 'parentheses around one of two comparisons in a row');
    take(reading);
    const right = readLevel(reading, infix.groups === 'right' ? infix.level : infix.level + 1);
    left = meant(reading, token, reading.grammar.join(infix.operator, left, right));
    closed = infix.groups === 'none' ? infix.level : Infinity;
  }
  reading.depth -= 1;
  return left;
}

function readPrefix(reading: Reading): Expression {
  const token = take(reading);
  const prefix = token.kind === 'symbol' ? reading.grammar.prefix.get(token.text) : undefined;
  if (prefix !== undefined) {
    const operand = readLevel(reading, prefix.level);
    return meant(reading, token, reading.grammar.sign(prefix.operator, operand));
  }
  if (token.kind === 'number') return readNumber(reading, token);
  if (token.kind === 'name') {
    return peek(reading).text === '(' ? readCall(reading, token) : meant(reading, token, reading.grammar.named(token.text));
  }
  if (token.text !== '(') return failAt(reading, token, reading.grammar.operand);
  const inner = readLevel(reading, 0);
  expectSymbol(reading, ')', 'an operator or ")"');
  return inner;
}

function readNumber(reading: Reading, token: Token): Expression {
  const radix = /^0[xb]/i.test(token.text);
  if (radix && !reading.grammar.radix) failAt(reading, token, 'a decimal number');
  const value = Number(token.text);
  if (!Number.isFinite(value)) failAt(reading, token, `a number up to ${Number.MAX_VALUE}`);
  return meant(reading, token, { kind: 'number', value });
}

function readCall(reading: Reading, token: Token): Expression {
  const name = reading.grammar.functions.get(reading.grammar.fold(token.text));
  const facts = FUNCTIONS.get(name ?? '');
  if (name === undefined || facts === undefined) {
    return failAt(reading, token, `a function (${[...reading.grammar.functions.keys()].toSorted().join(', ')})`);
  }
  take(reading);
  const operands: Expression[] = [];
  if (peek(reading).text !== ')') operands.push(readOperand(reading));
  while (peek(reading).text === ',') {
    take(reading);
    operands.push(readOperand(reading));
  }
  expectSymbol(reading, ')', facts.most > operands.length ? 'an operator, "," or ")"' : 'an operator or ")"');
  if (operands.length < facts.least || operands.length > facts.most) {
    const wanted = facts.least === facts.most ? `${facts.least}` : `${facts.least} to ${facts.most}`;
    fail(reading, `${wanted} operands of ${token.text} at position ${token.at + 1}, got ${operands.length}`);
  }
  return meant(reading, token, { kind: 'call', name, operands });
}

/** An expression between separators, commas or parentheses of a call. */
function readOperand(reading: Reading): Expression {
  const token = peek(reading);
  const meaning = reading.grammar.whole(readLevel(reading, 0));
  return typeof meaning === 'string' ? failAt(reading, token, meaning) : meaning;
}

/** Counts a node, or says at its token what had to stand there. */
function meant(reading: Reading, token: Token, meaning: Meaning): Expression {
  if (typeof meaning === 'string') return failAt(reading, token, meaning);
  reading.nodes += 1;
  if (reading.nodes > MOST_NODES) failAt(reading, token, `at most ${MOST_NODES} numbers, bands, operators and calls`);
  return meaning;
}

function expectSymbol(reading: Reading, symbol: string, expected: string): void {
  const token = take(reading);
  if (token.text !== symbol) failAt(reading, token, expected);
}

function afterValue({ separators }: Grammar): string {
  return ['an operator', ...[...separators].map((separator) => `"${separator}"`)].join(', ') + ' or the end';
}

const END: Token = { kind: 'end', text: '', at: 0 };

function peek(reading: Reading): Token {
  return reading.tokens[reading.next] ?? END;
}

function take(reading: Reading): Token {
  const token = peek(reading);
  if (token.kind !== 'end') reading.next += 1;
  return token;
}

function failAt(reading: Reading, token: Token, expected: string): never {
  const got = token.kind === 'end' ? 'the end' : `"${visible(token.text)}"`;
  return fail(reading, `${expected} at position ${token.at + 1}, got ${got}`);
}

function fail(reading: Pick<Reading, 'grammar' | 'text'>, expected: string): never {
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot parse ${reading.grammar.noun} "${visible(reading.text)}": expected ${expected}`,
  });
}

/** At most 80 characters of a text from outside, without those that cannot be seen. */
function visible(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return short.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�');
}
