import type { SampleType } from './sample-type.ts';

/** The shortest decimal text that reads back as the same number of the type; NaN as `nan`. */
export function numberText(value: number, type: SampleType): string {
  if (Number.isInteger(value)) return String(value);
  if (value !== value) return 'nan';
  return type.name === 'float32' ? singleText(value) : String(value);
}

/** A float32 needs 6 to 9 digits (IEEE 754 §5.12.2), not the 17 of the double that holds it. */
function singleText(value: number): string {
  for (let digits = 7; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}

/** A coordinate without the noise of the last bit that sums leave behind. */
export function coordinateText(value: number): string {
  return String(Number(value.toPrecision(15)));
}
