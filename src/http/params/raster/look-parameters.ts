import type { Expression } from '../../../algebra/expression.ts';
import { AppError } from '../../../base/error.ts';
import type { ColorFormula } from '../../../color/color-formula.ts';
import type { ColorMap } from '../../../color/color-map.ts';
import type { Enhancement } from '../../../color/enhancement.ts';
import type { Look } from '../../../raster/look.ts';
import { RESAMPLINGS } from '../../../raster/resampling.ts';
import type { Resampling } from '../../../raster/resampling.ts';
import { ALGORITHMS, checkAlgorithm } from '../../../raster/algorithms/registry.ts';
import type { Rescale } from '../../../raster/rescale-spec.ts';
import type { Parameter } from '../../parameter.ts';
import { booleanParameter, choiceParameter, numberParameter } from '../scalar.ts';
import { bidxParameter, nodataParameter, rescaleParameter } from './band-parameters.ts';
import { algorithmParamsParameter } from './algorithm-parameters.ts';
import { colorFormulaParameter, colorMapNameParameter, colorMapParameter, legendParameter } from './color-map-parameters.ts';
import { expressionParameter, formulaParameter } from './expression-parameters.ts';
import { alphaParameter, scaleParameter } from './django-parameters.ts';

/** Values of `lookParameters`: what a request says about a picture. */
export interface LookInput {
  readonly bidx?: readonly number[] | undefined;
  readonly expression?: readonly Expression[] | undefined;
  readonly rescale?: readonly Rescale[] | undefined;
  readonly colorMapName?: ColorMap | undefined;
  readonly colorMap?: ColorMap | undefined;
  readonly legend?: string | undefined;
  readonly colorFormula?: ColorFormula | undefined;
  readonly algorithm?: string | undefined;
  readonly algorithmParams?: unknown;
  readonly nodata?: number | undefined;
  readonly unscale?: boolean | undefined;
  readonly resampling?: Resampling | undefined;
  readonly reproject?: Resampling | undefined;
  readonly returnMask?: boolean | undefined;
  readonly categorical?: boolean | undefined;
  readonly formula?: Expression | undefined;
  readonly scale?: Rescale | undefined;
  readonly alpha?: boolean | undefined;
  readonly enhanceColor?: number | undefined;
  readonly enhanceContrast?: number | undefined;
  readonly enhanceBrightness?: number | undefined;
  readonly enhanceSharpness?: number | undefined;
}

/** Everything that may be said about a picture of rasters, in the words of TiTiler and of django-raster. */
export const lookParameters: { readonly [K in keyof Required<LookInput>]: Parameter<LookInput[K]> } = {
  bidx: bidxParameter,
  expression: expressionParameter,
  rescale: rescaleParameter,
  colorMapName: colorMapNameParameter,
  colorMap: colorMapParameter,
  legend: legendParameter,
  colorFormula: colorFormulaParameter,
  algorithm: choiceParameter(
    { name: 'algorithm', doc: 'What to compute of the bands before colours: light and slopes of terrain, contours, indices and more.' },
    [...ALGORITHMS.keys()],
  ),
  algorithmParams: algorithmParamsParameter,
  nodata: nodataParameter,
  unscale: booleanParameter({ name: 'unscale', doc: 'Values as scale × stored + offset, where the collection declares these.' }, false),
  resampling: choiceParameter(
    {
      name: 'resampling',
      doc: 'How pixels are made of cells; without it bilinear when enlarging and area average when reducing, nearest and mode for classes.',
    },
    RESAMPLINGS,
  ),
  reproject: choiceParameter(
    { name: 'reproject', doc: 'The same as `resampling` where that is not given: size and CRS change in one step here.' },
    RESAMPLINGS,
  ),
  returnMask: booleanParameter({ name: 'return_mask', doc: 'False: what has no data is drawn as zero instead of transparent.' }, true),
  categorical: booleanParameter({
    name: 'categorical',
    doc: 'True: the values name classes, each with a colour of its own; false: they are quantities.',
  }),
  formula: formulaParameter,
  scale: scaleParameter,
  alpha: alphaParameter,
  enhanceColor: enhancement('color', '0 is grey'),
  enhanceContrast: enhancement('contrast', '0 is one grey'),
  enhanceBrightness: enhancement('brightness', '0 is black'),
  enhanceSharpness: enhancement('sharpness', '0 is smooth'),
};

/** The look that a request asks for. @throws AppError CONFLICTING_PARAMETERS, INVALID_PARAMETER for what an algorithm does not take */
export function lookOf(input: LookInput): Look {
  onlyOne({ expression: input.expression, formula: input.formula });
  onlyOne({ expression: input.expression, bidx: input.bidx });
  onlyOne({ formula: input.formula, bidx: input.bidx });
  onlyOne({ rescale: input.rescale, scale: input.scale });
  onlyOne({ colormap_name: input.colorMapName, colormap: input.colorMap, legend: input.legend });
  const colorMap = input.colorMapName ?? input.colorMap;
  const expressions = input.formula === undefined ? input.expression : [input.formula];
  const rescale = input.scale === undefined ? input.rescale : [input.scale];
  const resampling = input.resampling ?? input.reproject;
  const enhance = enhancementOf(input);
  const algorithm = algorithmCallOf(input);
  return {
    ...(input.bidx === undefined ? {} : { bands: input.bidx }),
    ...(expressions === undefined ? {} : { expressions }),
    ...(input.formula === undefined ? {} : { isFormula: true }),
    ...(rescale === undefined ? {} : { rescale }),
    ...(colorMap === undefined ? {} : { colorMap }),
    ...(input.legend === undefined ? {} : { legend: input.legend }),
    ...(input.colorFormula === undefined ? {} : { colorFormula: input.colorFormula }),
    ...(enhance === undefined ? {} : { enhance }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(input.nodata === undefined ? {} : { nodata: input.nodata }),
    ...(input.unscale === undefined ? {} : { unscale: input.unscale }),
    ...(resampling === undefined ? {} : { resampling }),
    ...(input.returnMask === undefined ? {} : { returnMask: input.returnMask }),
    ...(input.categorical === undefined ? {} : { categorical: input.categorical }),
    ...(input.alpha === undefined ? {} : { transparentZero: input.alpha }),
  };
}

function algorithmCallOf({ algorithm, algorithmParams }: LookInput): Look['algorithm'] {
  if (algorithm !== undefined) return checkAlgorithm(algorithm, algorithmParams ?? {});
  if (algorithmParams === undefined) return undefined;
  throw new AppError('INVALID_PARAMETER', { detail: 'Cannot use algorithm_params: no algorithm is given' });
}

/** @throws AppError CONFLICTING_PARAMETERS when more than one of some parameters is given */
export function onlyOne(given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  if (names.length > 1)
    throw new AppError('CONFLICTING_PARAMETERS', { detail: `Cannot combine ${names.join(' with ')}: give one of them` });
}

function enhancement(what: keyof Enhancement, zero: string): Parameter<number | undefined> {
  const prose = what === 'color' ? 'colour' : what;
  return numberParameter(
    { name: `enhance_${what}`, doc: `Factor of the picture’s ${prose}: 1 leaves it, ${zero}, more than 1 is more of it.` },
    { minimum: 0, maximum: 100 },
  );
}

function enhancementOf(input: LookInput): Enhancement | undefined {
  const { enhanceColor: color, enhanceContrast: contrast, enhanceBrightness: brightness, enhanceSharpness: sharpness } = input;
  if (color === undefined && contrast === undefined && brightness === undefined && sharpness === undefined) return undefined;
  return {
    ...(color === undefined ? {} : { color }),
    ...(contrast === undefined ? {} : { contrast }),
    ...(brightness === undefined ? {} : { brightness }),
    ...(sharpness === undefined ? {} : { sharpness }),
  };
}
