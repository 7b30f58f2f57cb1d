/** A number as people read it: at most seven digits, which is what a 4-byte float holds, and a true minus sign. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return textOf(value).replaceAll('-', '\u2212');
}

function textOf(value: number): string {
  if (Math.abs(value) < 1e15) return Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(7)));
  return Number.isFinite(value) ? Number(value.toPrecision(7)).toExponential().replace('+', '') : String(value);
}

/** Square metres as square kilometres, three digits at least. */
export function squareKilometres(area: number): string {
  const km2 = area / 1e6;
  const text = km2 >= 100 ? String(Math.round(km2)) : String(Number(km2.toPrecision(3)));
  return text.replace(/^\d+/, (whole) => grouped(Number(whole)));
}

/** Narrow spaces, which do not break, between thousands from five digits on. */
function grouped(value: number): string {
  return Math.abs(value) < 10_000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A share as per cent: `0.4 %`; what is there but tiny is `< 0.1 %`. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  return `${Number((share * 100).toFixed(1))} %`;
}
