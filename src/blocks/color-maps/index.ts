import { MEDIA } from '../../base/media-type.ts';
import { COLOR_MAP_NAMES, colorMapFamily } from '../../color/named-color-map.ts';
import { renderColorMapsPage } from '../../html/color-map-pages.ts';
import type { Block } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { ColorMapsDocument } from '../../model/rasters.ts';
import { colorMapRoute } from './color-map.ts';

/** The registry of named colour maps, in TiTiler's paths and words. */
export function colorMapsBlock(): Block {
  return {
    id: 'color-maps',
    spec: 'TiTiler',
    conformsTo: [],
    requires: ['common'],
    mount: () => ({
      routes: [listRoute(), colorMapRoute()],
      landingLinks: (links) => [{ href: links.to('colorMaps.list'), rel: 'related', type: MEDIA.json, title: 'Colour maps' }],
    }),
  };
}

function listRoute(): MountedRoute {
  return route({
    id: 'colorMaps.list',
    path: '/colorMaps',
    summary: 'The colour maps that have a name',
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
    }),
  });
}
