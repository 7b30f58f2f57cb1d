/** A piece of the text of an expression; `at` counts UTF-16 units from 0. The last token of every text is its end. */
export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end' | 'foreign';
  readonly text: string;
  readonly at: number;
}

const SPACE = /[ \t\r\n]+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)/y;
const SYMBOL = /\*\*|\/\/|<<|>>|==|!=|<=|>=|[-+*/%^&|~!<>(),;]/y;

/**
 * Cuts a text into tokens that both languages share; which of them mean something is the parser's to say. A character
 * that neither knows becomes one `foreign` token, so that the parser can tell what it expected in its place.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    at += space.length;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  const number = matchAt(NUMBER, text, at);
  if (number !== '') return { kind: 'number', text: number, at };
  const name = matchAt(NAME, text, at);
  if (name !== '') return { kind: 'name', text: name, at };
  const symbol = matchAt(SYMBOL, text, at);
  if (symbol !== '') return { kind: 'symbol', text: symbol, at };
  return { kind: 'foreign', text: String.fromCodePoint(text.codePointAt(at) ?? 0), at };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
