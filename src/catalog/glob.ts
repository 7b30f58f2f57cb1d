/**
 * A test of `schema` or `schema.table` against globs (`*` any text, `?` one character). A glob without a dot names
 * whole schemas; quotes around a part are not needed, a dot in a name is matched by the dot or by `?`.
 */
export function relationMatcher(globs: readonly string[]): (schema: string, name: string) => boolean {
  const patterns = globs.map((glob) => glob.trim()).filter((glob) => glob !== '');
  const compiled = patterns.map((glob) => ({ whole: glob.includes('.'), expression: expressionOf(glob) }));
  return (schema, name) => compiled.some(({ whole, expression }) => expression.test(whole ? `${schema}.${name}` : schema));
}

function expressionOf(glob: string): RegExp {
  const source = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}
