import { MEDIA } from '../../base/media-type.ts';
import type { RasterCollection } from '../../catalog/collection.ts';
import { renderLegendPage } from '../../html/legend-page.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { lookOf, lookParameters, type LookInput } from '../../http/params/raster/look-parameters.ts';
import { rowParameters, rowsOf, type RowInput } from '../../http/params/raster/row-parameters.ts';
import { numberParameter } from '../../http/params/scalar.ts';
import type { Parameter } from '../../http/parameter.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { rasterizeSvg } from '../../image/svg.ts';
import type { LegendDocument } from '../../model/rasters.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import { legendDocument } from '../../services/legends/legend-document.ts';
import type { Legend } from '../../services/legends/legend.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import { drawLegend } from '../../services/legends/legend-svg.ts';

/** What legends are told and drawn from. */
export interface LegendParts {
  readonly collections: CollectionService;
  readonly legends: LegendService;
}

interface LegendInput extends LookInput, RowInput {
  readonly collectionId: string;
  readonly pixelRatio?: number | undefined;
}

interface LegendResult {
  readonly collection: RasterCollection;
  readonly legend: Legend;
  readonly pixelRatio: number;
}

const pixelRatio: Parameter<number | undefined> = numberParameter(
  { name: 'pixel-ratio', doc: 'How many pixels of a PNG stand for one of the drawing: 2 for screens of double density.' },
  { minimum: 0.5, maximum: 4 },
);

/** The legend of a collection's picture as JSON (default), SVG and PNG. */
export function legendRoute({ collections, legends }: LegendParts): MountedRoute {
  const asJson = json<LegendDocument>('legend');
  return route<LegendInput, LegendResult>({
    id: 'rasters.legend',
    path: '/collections/{collectionId}/legend',
    summary: 'What the colours of a picture mean',
    tag: 'Rasters',
    parameters: { collectionId: pathText('collectionId', 'Id of the collection.'), ...lookParameters, ...rowParameters, pixelRatio },
    representations: [
      {
        ...asJson,
        encode: ({ legend }, context) =>
          asJson.encode({ ...legendDocument(legend), links: context.links.selfAndAlternates(legend.title) }, context),
      },
      html(({ collection, legend }: LegendResult, page, { links }) =>
        renderLegendPage(legendDocument(legend), page, {
          collection,
          links: links.selfAndAlternates(legend.title),
          picture: (f) => links.current({ f }),
        }),
      ),
      { f: 'svg', mediaType: MEDIA.svg, encode: ({ legend }) => ({ content: drawLegend(legend).svg }) },
      {
        f: 'png',
        mediaType: MEDIA.png,
        encode: async (result, context) => {
          const { root } = drawLegend(result.legend);
          return { content: await context.timed('picture', () => rasterizeSvg(root, result.pixelRatio)) };
        },
      },
    ],
    cache: { collections: (path) => [collections.get(path.collectionId ?? '').id] },
    async run(input, context) {
      const collection = collections.raster(input.collectionId);
      const request = { sources: [{ collection }], look: lookOf(input), rows: rowsOf(input) };
      const legend = await context.timed('legend', () => legends.legend(request, context));
      return { collection, legend, pixelRatio: input.pixelRatio ?? 1 };
    },
  });
}
