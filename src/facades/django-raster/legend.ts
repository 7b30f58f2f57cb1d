import { AppError } from '../../base/error.ts';
import { formatColor } from '../../color/parse-color.ts';
import { json } from '../../http/encodings.ts';
import type { Parameter } from '../../http/parameter.ts';
import { pathText } from '../../http/params/path.ts';
import { route, type MountedRoute } from '../../http/route.ts';
import type { DjangoLegendDocument } from '../../model/rasters.ts';
import type { Legend, LegendEntry } from '../../services/legends/legend.ts';
import type { DjangoRasterParts } from './django-raster-parts.ts';

const layer: Parameter<string> = {
  name: 'layer',
  in: 'query',
  doc: 'The layer whose legend is told, by its number or as a collection.',
  schema: { type: 'string', minLength: 1 },
  required: true,
  parse(raw) {
    if (raw !== undefined && raw !== '') return raw;
    throw new AppError('INVALID_PARAMETER', { detail: 'layer is missing: expected a collection, as in /legend?layer=1' });
  },
};

/** `/legend/{id}` and `/legend?layer={id}`: a legend of the database, and the colours of a layer, as lists of entries. */
export function legendRoutes({ collections, legends }: DjangoRasterParts): readonly MountedRoute[] {
  const common = { tag: 'Colour maps', representations: [json<DjangoLegendDocument>('djangoLegend')] };
  return [
    route({
      ...common,
      id: 'django-raster.legend',
      path: '/legend/{legendId}',
      summary: 'A legend of the database, in the spelling of django-raster',
      parameters: { legendId: pathText('legendId', 'Number or title of the legend.') },
      run: async ({ legendId }) => entriesOf(legends.storedLegend(legendId)),
    }),
    route({
      ...common,
      id: 'django-raster.layerLegend',
      path: '/legend',
      summary: 'What the colours of a raster mean, in the spelling of django-raster',
      parameters: { layer },
      run: async ({ layer: id }, context) =>
        entriesOf(await legends.legend({ sources: [{ collection: collections.raster(id) }], look: {} }, context)),
    }),
  ];
}

function entriesOf({ entries }: Legend): DjangoLegendDocument {
  return entries.map((entry) => ({ name: entry.label, expression: expressionOf(entry), color: formatColor(entry.color) }));
}

/** In the language in which `colormap` takes it back. */
function expressionOf({ value, min, max, expression }: LegendEntry): string {
  if (expression !== undefined) return expression;
  if (value !== undefined) return `${value}`;
  const bounds = [...(min === undefined ? [] : [`(${min} <= x)`]), ...(max === undefined ? [] : [`(x < ${max})`])];
  return bounds.length === 0 ? 'x == x' : bounds.join(' & ');
}
