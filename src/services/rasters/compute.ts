import { compile } from '../../algebra/compile.ts';
import { WGS84 } from '../../crs/crs-definition.ts';
import type { RunContext } from '../../db/database.ts';
import { createGround } from '../../raster/algorithms/ground.ts';
import { algorithmOf, runAlgorithm } from '../../raster/algorithms/registry.ts';
import { shiftGrid } from '../../raster/grid.ts';
import { allocatePlane, type Allocate, type Plane } from '../../raster/image.ts';
import type { AlgorithmCall, Look } from '../../raster/look.ts';
import type { Kernel } from '../../raster/resampling.ts';
import type { Preparation } from '../../raster/gather.ts';
import { knownTransform } from './known-transform.ts';
import type { PicturePlan } from './picture-plan.ts';
import type { Target } from './placement.ts';
import type { PictureRequest, Values } from './raster-request.ts';
import type { ReadSources } from './read-sources.ts';
import type { References } from './references.ts';
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
  return Promise.all(
    plan.inputs.map((input) =>
      readPlanes(readSources, { ...input, ...reading, rows, nodata: look.nodata, unscale: look.unscale }, context),
    ),
  );
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
export function evaluate({ values }: Inputs, plan: PicturePlan, { expressions }: Look): Values {
  if (expressions === undefined) return values;
  const outputs = expressions.map(() => allocatePlane(values.width * values.height, true));
  compile(expressions, plan.variables, plan.fills).run(values.bands, outputs);
  return { ...values, bands: outputs };
}

/** What an algorithm makes of planes with its rim around them; the result lacks it. */
export async function process(values: Values, call: AlgorithmCall, references: References, context: RunContext): Promise<Values> {
  const { bands, width, height, grid, srid } = values;
  const { rim } = algorithmOf(call.name);
  const { forward } = await references(srid, WGS84.srid, context);
  const toLonLat = await knownTransform(
    forward,
    (transform) => (rim > 0 ? createGround({ grid, width, height }, transform) : undefined),
    context,
  );
  const planes = runAlgorithm(call, { planes: bands, width, height, grid, toLonLat }, allocatePlane);
  return { ...values, bands: planes, grid: shiftGrid(grid, rim, rim), width: width - 2 * rim, height: height - 2 * rim };
}
