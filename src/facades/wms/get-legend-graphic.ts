import { MEDIA } from '../../base/media-type.ts';
import type { Kvp } from '../../http/kvp.ts';
import type { Body, RequestContext } from '../../http/route.ts';
import { rasterizeSvg } from '../../image/svg.ts';
import { drawLegend } from '../../services/legends/legend-svg.ts';
import { readLayer } from './layer-parameters.ts';
import { refusal, shown } from './refusal.ts';
import type { WmsParts } from './wms-parts.ts';

/** The formats of legends, the one for everything first. */
export const LEGEND_FORMATS: readonly string[] = [MEDIA.png, MEDIA.svg];

/**
 * GetLegendGraphic (OGC 05-078r4 §12): what the colours of a layer mean in a style, with the parameters of the picture.
 * WIDTH and HEIGHT are hints of a client that draws one symbol; a legend of values has the size that it needs.
 */
export async function getLegendGraphic(kvp: Kvp, { drawables, dimensions, legends }: WmsParts, context: RequestContext): Promise<Body> {
  const format = (kvp.get('FORMAT') ?? MEDIA.png).toLowerCase();
  if (!LEGEND_FORMATS.includes(format)) {
    throw refusal('InvalidFormat', 'FORMAT', `Cannot draw a legend as ${shown(format)}: expected one of ${LEGEND_FORMATS.join(', ')}`);
  }
  const { drawable, look, rows } = await readLayer(kvp, { drawables, dimensions, context });
  const request = { sources: [{ collection: drawable.collection }], look, rows };
  const { svg, root } = drawLegend(await context.timed('legend', () => legends.legend(request, context)));
  const content = format === MEDIA.svg ? svg : await context.timed('picture', () => rasterizeSvg(root, 1));
  return { content, headers: { 'Content-Type': format } };
}
