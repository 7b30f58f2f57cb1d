import type { Rescale } from '../../../raster/rescale-spec.ts';
import type { Parameter } from '../../parameter.ts';
import { cannotParse } from '../../../base/cannot-parse.ts';
import { splitIds } from '../collections.ts';
import { decimalOf } from '../../../base/decimal.ts';

/** One source of a formula or of a colour: which band of which collection, under which name. */
export interface LayerChoice {
  readonly name: string;
  /** Counted from 0 here; absent: the first. */
  readonly band?: number;
  readonly collectionId: string;
}

const MAX_LAYERS = 16;

/** `layers`: `a=elevation,b:3=landsat`, name[:band]=collection. @throws AppError INVALID_PARAMETER */
export const layersParameter: Parameter<readonly LayerChoice[] | undefined> = {
  name: 'layers',
  in: 'query',
  doc: 'Sources by name, for `formula` or as red, green and blue: `a=elevation,b:3=landsat` is name[:band]=collection, bands counted from 0; the collections may differ in CRS and resolution.',
  schema: { type: 'array', minItems: 1, maxItems: MAX_LAYERS, items: { type: 'string' } },
  parse(raw) {
    if (raw === undefined) return undefined;
    const parts = splitIds(raw);
    if (parts.length > MAX_LAYERS) throw cannotParse('layers', raw, `expected at most ${MAX_LAYERS} layers, got ${parts.length}`);
    const layers = parts.map((part) => layerOf(raw, part));
    const twice = layers.find(({ name }, i) => layers.findIndex((other) => other.name === name) < i);
    if (twice !== undefined) throw cannotParse('layers', raw, `the name ${twice.name} is given twice`);
    return inColorOrder(layers);
  },
};

function layerOf(raw: string, part: string): LayerChoice {
  const match = /^\s*([A-Za-z_]\w{0,30})(?::(\d{1,4}))?=(.+)$/s.exec(part);
  if (match === null) throw cannotParse('layers', raw, `"${part.slice(0, 60)}" is not name=collection or name:band=collection`);
  const [, name = '', band, collectionId = ''] = match;
  return { name, collectionId: collectionId.trim(), ...(band === undefined ? {} : { band: Number(band) }) };
}

/** Layers named r, g and b become red, green and blue whatever order they are given in. */
function inColorOrder(layers: readonly LayerChoice[]): readonly LayerChoice[] {
  const rank = (layer: LayerChoice): number => 'rgba'.indexOf(layer.name.toLowerCase());
  const isColor = ['r', 'g', 'b'].every((color) => layers.some(({ name }) => name.toLowerCase() === color));
  return isColor ? layers.toSorted((p, q) => rank(p) - rank(q)) : layers;
}

/** `scale`: django-raster's stretch of colours, `5,10000`, or one number for the upper end. @throws AppError INVALID_PARAMETER */
export const scaleParameter: Parameter<Rescale | undefined> = {
  name: 'scale',
  in: 'query',
  doc: 'Values that become the darkest and the brightest of red, green and blue: `5,10000`; one number is the brightest, from 0.',
  schema: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'number' } },
  parse(raw) {
    if (raw === undefined) return undefined;
    const parts = raw.split(',');
    const numbers = parts.map(decimalOf);
    const [first, second] = numbers;
    if (parts.length > 2 || numbers.includes(undefined) || first === undefined)
      throw cannotParse('scale', raw, 'expected one or two finite numbers');
    const [min, max] = second === undefined ? [0, first] : [first, second];
    if (min > max) throw cannotParse('scale', raw, `${min} is above ${max}`);
    return { kind: 'numbers', min, max };
  },
};

/** `alpha`: alone or true, red, green and blue that are all zero are transparent. @throws AppError INVALID_PARAMETER */
export const alphaParameter: Parameter<boolean | undefined> = {
  name: 'alpha',
  in: 'query',
  doc: 'Given (without a value, or true): pixels whose red, green and blue are all zero are transparent.',
  schema: { type: 'string', enum: ['', 'true', 'false'] },
  parse(raw) {
    if (raw === undefined) return undefined;
    if (raw === '' || raw === 'true') return true;
    if (raw === 'false') return false;
    throw cannotParse('alpha', raw, 'expected nothing, true or false');
  },
};
