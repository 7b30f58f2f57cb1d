/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10] as const;

/**
 * Round values within min … max, at most about `count` of them (Heckbert 1990), ascending. The ends themselves where
 * nothing round lies between them.
 */
export function roundTicks(min: number, max: number, count: number): readonly number[] {
  if (!(max > min)) return [min];
  const raw = (max - min) / Math.max(1, count - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find((own) => own * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return ticks.length >= 2 ? ticks : [min, max];
}

/** A number as a legend writes it: up to six significant digits, thin spaces between thousands. */
export function formatValue(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return rounded.toExponential().replace('e+', 'e');
  const [whole = '', fraction] = String(size).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole;
  return `${rounded < 0 ? '\u2212' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** An interval as a legend writes it. */
export function formatInterval(min: number, max: number): string {
  if (min === Number.NEGATIVE_INFINITY) return max === Number.POSITIVE_INFINITY ? 'all' : `< ${formatValue(max)}`;
  return max === Number.POSITIVE_INFINITY ? `≥ ${formatValue(min)}` : `${formatValue(min)} – ${formatValue(max)}`;
}
