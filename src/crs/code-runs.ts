/** True when a code lies in one of the runs, given as ascending pairs of first and last code, both included. */
export function isInRuns(runs: readonly number[], code: number): boolean {
  for (let i = 0; i < runs.length; i += 2) {
    if (code <= (runs[i + 1] ?? 0)) return code >= (runs[i] ?? 0);
  }
  return false;
}
