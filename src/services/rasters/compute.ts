import { compile } from '../../algebra/compile.ts';
import type { RunContext } from '../../db/database.ts';
import { allocatePlane, type Allocate, type Plane } from '../../raster/image.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Preparation } from '../../raster/gather.ts';
import { clipPlanes } from './clip.ts';
import type { PicturePlan } from './picture-plan.ts';
import type { Target } from './placement.ts';
import type { PictureRequest, Values } from './raster-request.ts';
import type { ReadSources } from './read-sources.ts';
import { readPlanes, valuesOf, type ReadPlanes } from './read-values.ts';

/** The planes that a plan names, on one grid. */
export interface Inputs {
  readonly values: Values;
  /** How opaque pixels are, 0–255. */
  readonly cover: Plane | undefined;
}

/** How planes are read. */
export interface Reading {
  readonly target: Target;
  readonly kernel: Kernel;
  readonly prepare: Preparation | undefined;
}

/** Reads all that a plan names, collections side by side. */
export async function readInputs(
  readSources: ReadSources,
  { plan, request, reading }: { readonly plan: PicturePlan; readonly request: PictureRequest; readonly reading: Reading },
  context: RunContext,
): Promise<readonly ReadPlanes[]> {
  const { rows, look } = request;
  return Promise.all(plan.inputs.map((input) => readPlanes(readSources, { ...input, ...reading, rows, nodata: look.nodata }, context)));
}

/** Makes planes of what was read; where one of several collections has no row its plane has no data. Undefined: none has. */
export function inputsOf(reads: readonly ReadPlanes[], cover: boolean, allocate: Allocate): Inputs | undefined {
  const found = reads.map((read) => valuesOf(read, allocate));
  const some = found.find((values) => values !== undefined);
  if (some === undefined) return undefined;
  const bands = found.flatMap(
    (values, n) => values?.bands ?? (reads[n]?.request.bands ?? []).map(() => allocate(some.width * some.height, false).fill(Number.NaN)),
  );
  return { values: { ...some, bands: cover ? bands.slice(0, -1) : bands }, cover: cover ? bands.at(-1) : undefined };
}

/** What a look's expressions make of the planes; the planes themselves without expressions. */
export function evaluate({ values }: Inputs, plan: PicturePlan, { look, clip }: Pick<PictureRequest, 'look' | 'clip'>): Values {
  const bands = look.expressions === undefined ? values.bands : runExpressions(values, plan, look.expressions);
  if (clip !== undefined) clipPlanes(bands, values, clip);
  return { ...values, bands };
}

function runExpressions(values: Values, plan: PicturePlan, expressions: Parameters<typeof compile>[0]): readonly Plane[] {
  const outputs = expressions.map(() => allocatePlane(values.width * values.height, true));
  compile(expressions, plan.variables, plan.fills).run(values.bands, outputs);
  return outputs;
}
