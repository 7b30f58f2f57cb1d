import { MEDIA } from '../../base/media-type.ts';
import type { StoredLegend } from '../../catalog/stored-legend.ts';
import { COLOR_MAP_NAMES, colorMapFamily } from '../../color/named-color-map.ts';
import { renderColorMapsPage } from '../../html/color-map-pages.ts';
import type { Block } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { Links } from '../../http/links.ts';
import type { ColorMapsDocument } from '../../model/rasters.ts';
import type { LegendService } from '../../services/legends/legend-service.ts';
import { colorMapRoute } from './color-map.ts';

/** What the database keeps besides the named maps. */
export interface ColorMapParts {
  readonly legends: Pick<LegendService, 'stored'>;
}

/** The registry of named colour maps, in TiTiler's paths and words. */
export function colorMapsBlock(parts: ColorMapParts): Block {
  return {
    id: 'color-maps',
    spec: 'TiTiler',
    conformsTo: [],
    requires: ['common', 'legends'],
    mount: () => ({
      routes: [listRoute(parts), colorMapRoute()],
      landingLinks: (links) => [{ href: links.to('colorMaps.list'), rel: 'related', type: MEDIA.json, title: 'Colour maps' }],
    }),
  };
}

function listRoute({ legends }: ColorMapParts): MountedRoute {
  return route({
    id: 'colorMaps.list',
    path: '/colorMaps',
    summary: 'The colour maps that have a name, and the legends of the database',
    tag: 'Colour maps',
    parameters: {},
    representations: [
      json<ColorMapsDocument>('colorMaps'),
      html((document: ColorMapsDocument, page) => renderColorMapsPage(document, page)),
    ],
    run: async (_, { links }) => ({
      links: links.selfAndAlternates('Colour maps'),
      colormaps: COLOR_MAP_NAMES.flatMap((id) => {
        const family = colorMapFamily(id);
        if (family === undefined) return [];
        const to = (f: string): string => links.to('colorMaps.one', { colorMapId: id }, { f });
        return {
          id,
          family,
          links: [
            { href: to('json'), rel: 'item', type: MEDIA.json, title: id },
            { href: to('png'), rel: 'preview', type: MEDIA.png, title: `Colours of ${id}` },
          ],
        };
      }),
      legends: legends.stored().map((legend) => legendEntry(legend, links)),
    }),
  });
}

type LegendEntry = ColorMapsDocument['legends'][number];

function legendEntry({ name, source, colorMap }: StoredLegend, links: Links): LegendEntry {
  const to = (f: string): string => links.to('legends.stored', { legendId: name }, { f });
  return {
    id: name,
    kind: KINDS[colorMap.kind],
    source,
    links: [
      { href: to('json'), rel: 'item', type: MEDIA.json, title: name },
      { href: to('png'), rel: 'preview', type: MEDIA.png, title: `Colours of ${name}` },
    ],
  };
}

const KINDS = {
  ramp: 'gradient',
  linear: 'gradient',
  classes: 'values',
  intervals: 'intervals',
  conditions: 'conditions',
} as const;
