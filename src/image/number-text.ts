import type { SampleType } from './sample-type.ts';

/** The shortest decimal text that reads back as the same number of the type; NaN as `nan`. */
export function numberText(value: number, type: SampleType): string {
  if (Number.isInteger(value)) return String(value);
  if (value !== value) return 'nan';
  return type.name === 'float32' ? singleText(value) : String(value);
}

/** Powers of ten that doubles hold exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/**
 * A float32 needs 6 to 9 digits (IEEE 754 §5.12.2), not the 17 of the double that holds it. Scaled to a whole number of 7,
 * 8 or 9 digits and back, which is several times as fast as `toPrecision`, it is tried whether these suffice.
 */
function singleText(value: number): string {
  const last = 6 - Math.floor(Math.log10(Math.abs(value)));
  for (let place = last; place <= last + 2; place += 1) {
    const power = POWERS[place];
    if (power === undefined) break;
    const shorter = Math.round(value * power) / power;
    if (Math.fround(shorter) === value) return String(shorter);
  }
  // Very large and very small ones.
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
