/** Whole numbers are exact up to here. */
const EXACT = 2 ** 53;

/**
 * A number to so many decimals (0 to 22), without the digits that sums and products of binary fractions leave behind:
 * 1.2000000000000002 is 1.2. Numbers that have no more digits than doubles hold stay as they are.
 */
export function roundTo(value: number, decimals: number): number {
  const power = 10 ** decimals;
  const scaled = value * power;
  // The quotient of two exact numbers is the double next to the decimal one; adding zero makes minus zero plain.
  return Math.abs(scaled) < EXACT ? Math.round(scaled) / power + 0 : value;
}
