/** The deepest reason in an error's chain of causes, on one line: for operators, not for clients. */
export function failureText(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  const message = deepest instanceof Error ? deepest.message : String(deepest);
  return message.replaceAll(/\s+/g, ' ').trim();
}
