/** A number to so many decimals, without the digits that sums and products of binary fractions leave behind: 1.2000000000000002 is 1.2. */
export function roundTo(value: number, decimals: number): number {
  const rounded = Number(value.toFixed(Math.min(100, Math.max(0, decimals))));
  // Beyond 1e21 toFixed gives up; minus zero says nothing.
  return Number.isFinite(rounded) ? rounded + 0 : value;
}
