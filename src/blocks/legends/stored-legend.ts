import { MEDIA } from '../../base/media-type.ts';
import { renderStoredLegendPage } from '../../html/stored-legend-page.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { rasterizeSvg } from '../../image/svg.ts';
import type { LegendDocument } from '../../model/rasters.ts';
import { legendDocument } from '../../services/legends/legend-document.ts';
import type { Legend } from '../../services/legends/legend.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import { drawLegend } from '../../services/legends/legend-svg.ts';

/** A legend that the database keeps, as JSON (default), page, SVG and PNG. */
export function storedLegendRoute({ legends }: { readonly legends: Pick<LegendService, 'storedLegend'> }): MountedRoute {
  const asJson = json<LegendDocument>('legend');
  return route<{ readonly legendId: string }, Legend>({
    id: 'legends.stored',
    path: '/legends/{legendId}',
    summary: 'What the colours of a legend of the database mean',
    tag: 'Colour maps',
    parameters: { legendId: pathText('legendId', 'Name of the legend, or its number in django-raster.') },
    representations: [
      {
        ...asJson,
        encode: (legend, context) =>
          asJson.encode({ ...legendDocument(legend), links: context.links.selfAndAlternates(legend.title) }, context),
      },
      html((legend: Legend, page) => renderStoredLegendPage(legendDocument(legend), page)),
      { f: 'svg', mediaType: MEDIA.svg, encode: (legend) => ({ content: drawLegend(legend).svg }) },
      {
        f: 'png',
        mediaType: MEDIA.png,
        encode: async (legend, context) => ({ content: await context.timed('picture', () => rasterizeSvg(drawLegend(legend).root, 1)) }),
      },
    ],
    run: async ({ legendId }) => legends.storedLegend(legendId),
  });
}
