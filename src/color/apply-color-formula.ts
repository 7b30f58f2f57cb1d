import type { ColorFormula, ColorStep } from './color-formula.ts';
import { saturate } from './saturate.ts';

type Curve = (part: number) => number;

/** A run of steps that change each channel for itself, or one that mixes them. */
type Stage =
  | { readonly kind: 'curves'; readonly curves: readonly [Curve, Curve, Curve] }
  | { readonly kind: 'saturation'; readonly proportion: number };

/**
 * Applies a formula to interleaved RGBA bytes in place; alpha stays. Between the steps colours are not rounded. Curves
 * on bytes are read from tables: 256² pixels take 0.2 ms, with a saturation 5 ms.
 */
export function applyColorFormula(formula: ColorFormula, rgba: Uint8Array | Uint8ClampedArray): void {
  const [first, ...rest] = stagesOf(formula);
  if (first === undefined) return;
  const tables = first.kind === 'curves' ? first.curves.map(table) : [IDENTITY, IDENTITY, IDENTITY];
  const stages = first.kind === 'curves' ? rest : [first, ...rest];
  const [red = IDENTITY, green = IDENTITY, blue = IDENTITY] = tables;
  if (stages.length === 0) return translate([red, green, blue], rgba);
  const color = new Float64Array(3);
  for (let i = 0; i < rgba.length; i += 4) {
    color[0] = red[rgba[i] ?? 0] ?? 0;
    color[1] = green[rgba[i + 1] ?? 0] ?? 0;
    color[2] = blue[rgba[i + 2] ?? 0] ?? 0;
    for (const stage of stages) run(stage, color);
    rgba[i] = (color[0] ?? 0) * 255 + 0.5;
    rgba[i + 1] = (color[1] ?? 0) * 255 + 0.5;
    rgba[i + 2] = (color[2] ?? 0) * 255 + 0.5;
  }
}

function translate(tables: readonly [Float64Array, Float64Array, Float64Array], rgba: Uint8Array | Uint8ClampedArray): void {
  const [red, green, blue] = tables.map((levels) => Uint8Array.from(levels, (part) => part * 255 + 0.5));
  if (red === undefined || green === undefined || blue === undefined) return;
  for (let i = 0; i < rgba.length; i += 4) {
    rgba[i] = red[rgba[i] ?? 0] ?? 0;
    rgba[i + 1] = green[rgba[i + 1] ?? 0] ?? 0;
    rgba[i + 2] = blue[rgba[i + 2] ?? 0] ?? 0;
  }
}

/** What the formula makes of the red channel alone, 0–1: how it bends the values of a single band. */
export function redCurve(formula: ColorFormula): Curve {
  return formula.reduce<Curve>((inner, step) => {
    const own = curveOf(step, 0);
    return own === undefined ? inner : (part) => own(inner(part));
  }, identity);
}

function stagesOf(formula: ColorFormula): readonly Stage[] {
  const stages: Stage[] = [];
  for (const step of formula) {
    const last = stages.at(-1);
    if (step.kind === 'saturation') stages.push(step);
    else if (last?.kind === 'curves') stages.splice(-1, 1, { kind: 'curves', curves: extend(last.curves, step) });
    else stages.push({ kind: 'curves', curves: extend([identity, identity, identity], step) });
  }
  return stages;
}

function extend([red, green, blue]: readonly [Curve, Curve, Curve], step: ColorStep): readonly [Curve, Curve, Curve] {
  const chain = (inner: Curve, channel: number): Curve => {
    const outer = curveOf(step, channel);
    return outer === undefined ? inner : (part) => outer(inner(part));
  };
  return [chain(red, 0), chain(green, 1), chain(blue, 2)];
}

function curveOf(step: ColorStep, channel: number): Curve | undefined {
  if (step.kind === 'saturation' || !step.channels.includes(channel)) return undefined;
  if (step.kind === 'gamma') return (part) => part ** (1 / step.gamma);
  return sigmoidal(step.contrast, step.bias);
}

/** The logistic curve scaled to 0–1 at both ends, or for a negative contrast its inverse (ImageMagick's `-sigmoidal-contrast`). */
function sigmoidal(contrast: number, bias: number): Curve {
  if (contrast === 0) return identity;
  const logistic = (part: number): number => 1 / (1 + Math.exp(contrast * (bias - part)));
  const [low, high] = [logistic(0), logistic(1)];
  if (contrast > 0) return (part) => (logistic(part) - low) / (high - low);
  return (part) => clip((contrast * bias - Math.log(1 / (part * (high - low) + low) - 1)) / contrast);
}

function run(stage: Stage, color: Float64Array): void {
  if (stage.kind === 'saturation') return saturate(color, stage.proportion);
  for (let c = 0; c < 3; c += 1) color[c] = clip(stage.curves[c]?.(color[c] ?? 0) ?? 0);
}

function table(curve: Curve): Float64Array {
  return Float64Array.from({ length: 256 }, (_, i) => clip(curve(i / 255)));
}

function identity(part: number): number {
  return part;
}

function clip(part: number): number {
  return Math.min(1, Math.max(0, part));
}

const IDENTITY = table(identity);
