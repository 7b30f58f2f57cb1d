/** Something that takes a while, as the person who waits sees it. */
export type Progress =
  | { readonly kind: 'begin'; readonly label: string }
  | { readonly kind: 'advance'; readonly label: string; readonly detail: string }
  | { readonly kind: 'end'; readonly label: string; readonly durationMs: number }
  | { readonly kind: 'note'; readonly text: string };

/** Takes one piece of progress; must not throw and must not wait. */
export type Report = (progress: Progress) => void;

/**
 * Does one step and reports its begin, how far it is, and how long it took. A step that fails has no end.
 * @param work is given a function that tells how far it is: `60,000 of 135,233`
 */
export async function step<T>(report: Report, label: string, work: (advance: (detail: string) => void) => Promise<T>): Promise<T> {
  const begin = performance.now();
  report({ kind: 'begin', label });
  const result = await work((detail) => report({ kind: 'advance', label, detail }));
  report({ kind: 'end', label, durationMs: performance.now() - begin });
  return result;
}
