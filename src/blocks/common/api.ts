import { MEDIA } from '../../base/media-type.ts';
import { renderApiPage } from '../../html/api-page.ts';
import type { Kit } from '../../http/block.ts';
import { html } from '../../http/encodings.ts';
import { openApiDocument } from '../../http/openapi.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import { schemas } from '../../model/schemas.ts';
import type { ServiceFacts } from './service-facts.ts';

/** `/api`: the fold of all mounted routes, as OpenAPI 3.0 and as a page to try it. */
export function apiRoute(kit: Kit, service: ServiceFacts): MountedRoute {
  return route({
    id: 'common.api',
    path: '/api',
    summary: 'This document',
    tag: 'Service',
    refusesUnknown: true,
    parameters: {},
    representations: [
      {
        f: 'json',
        mediaType: MEDIA.openapi,
        aliases: [MEDIA.json, 'application/openapi+json;version=3.0'],
        encode: (out: object) => ({ content: JSON.stringify(out) }),
      },
      html((_, page, { links }) =>
        renderApiPage(page, {
          href: links.to('common.api', {}, { f: 'json' }),
          rel: 'service-desc',
          type: MEDIA.openapi,
        }),
      ),
    ],
    run: async (_, { links }) =>
      openApiDocument({
        title: service.title,
        description: service.description,
        version: service.version,
        root: links.root,
        routes: kit.routes(),
        limits: kit.limits(),
        schemas,
        addedParameters: kit.addedParameters,
        contact: service.contact,
      }),
  });
}
