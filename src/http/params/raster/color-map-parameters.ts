import { parseColorFormula } from '../../../color/color-formula.ts';
import type { ColorFormula } from '../../../color/color-formula.ts';
import type { ColorMap } from '../../../color/color-map.ts';
import { COLOR_MAP_NAMES, namedColorMap } from '../../../color/named-color-map.ts';
import { parseColorMap } from '../../../color/parse-color-map.ts';
import { checkConditionFormula } from '../../../raster/coloring/index-conditions.ts';
import type { Parameter } from '../../parameter.ts';
import { cannotParse } from '../../../base/cannot-parse.ts';

/** `colormap_name`: a colour map by name, `_r` for its opposite order. @throws AppError INVALID_PARAMETER */
export const colorMapNameParameter: Parameter<ColorMap | undefined> = {
  name: 'colormap_name',
  in: 'query',
  doc: 'Colours for one band by name, over the range of `rescale`; `_r` at the end turns them round.',
  schema: { type: 'string', enum: COLOR_MAP_NAMES },
  parse(raw) {
    if (raw === undefined) return undefined;
    const map = namedColorMap(raw);
    if (map === undefined) throw cannotParse('colormap_name', raw, `there is no such colour map${nearest(raw)}`);
    return map;
  },
};

/** `colormap`: colours for values, intervals, stops or conditions as JSON. @throws AppError INVALID_PARAMETER */
export const colorMapParameter: Parameter<ColorMap | undefined> = {
  name: 'colormap',
  in: 'query',
  doc: 'Colours for one band as JSON: `{"1": "#ff0000", "2": [0, 0, 255]}` for values, `[[[0, 10], "#00ff00"]]` for intervals, `[[0, "#000000"], [100, "#ffffff"]]` for a gradient; django-raster’s `{"continuous": true, "from": …, "to": …}` and conditions too.',
  schema: { type: 'string' },
  parse: (raw) => (raw === undefined ? undefined : parseColorMap(raw, { checkFormula: checkConditionFormula })),
};

/** `legend`: colours that the database keeps, by name. Whether they are there is the service's question. */
export const legendParameter: Parameter<string | undefined> = {
  name: 'legend',
  in: 'query',
  doc: 'Colours that the database keeps for classes, by a name that `/colorMaps` lists: a collection of the table of legends, or title or number of a legend of django-raster.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  parse(raw) {
    if (raw === undefined) return undefined;
    if (raw.trim() === '' || raw.length > 200) throw cannotParse('legend', raw, 'expected the name of a legend');
    return raw.trim();
  },
};

/** `color_formula`: gamma, sigmoidal contrast and saturation, in the words of rio-color. @throws AppError INVALID_PARAMETER */
export const colorFormulaParameter: Parameter<ColorFormula | undefined> = {
  name: 'color_formula',
  in: 'query',
  doc: 'Steps applied to the colours: `gamma RGB 1.5, sigmoidal RGB 6 0.35, saturation 1.2`.',
  schema: { type: 'string', maxLength: 500 },
  parse: (raw) => (raw === undefined ? undefined : parseColorFormula(raw)),
};

/** Names that begin alike, so that the message helps without listing hundreds. */
function nearest(raw: string): string {
  const start = raw.slice(0, 3).toLowerCase();
  const alike = start === '' ? [] : COLOR_MAP_NAMES.filter((name) => name.startsWith(start)).slice(0, 8);
  return alike.length === 0 ? '; /colorMaps lists them all' : `; did you mean ${alike.join(', ')}?`;
}
