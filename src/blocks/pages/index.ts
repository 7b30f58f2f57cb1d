import { MEDIA } from '../../base/media-type.ts';
import { AppError, errorKinds } from '../../base/error.ts';
import type { ErrorKind } from '../../base/error.ts';
import { renderProblemKindPage } from '../../html/problem-page.ts';
import { renderViewerPage } from '../../html/viewer-page.ts';
import type { Block } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { Health } from '../../model/operation.ts';
import { TILESETS } from '../../services/tilesets/tileset-kind.ts';
import { assetRoute } from './assets.ts';
import type { PageParts } from './page-parts.ts';
import { mapPageRoute } from './map-page.ts';

/** What is not an OGC resource: viewer, maps of tilesets, assets, explanations of problems, health. */
export function pagesBlock(parts: PageParts): Block {
  return {
    id: 'pages',
    spec: 'Graticule',
    conformsTo: [],
    requires: ['common', 'tiles', 'stylejson'],
    mount: () => ({
      routes: [viewerRoute(), ...TILESETS.map((kind) => mapPageRoute(parts, kind)), assetRoute(), problemRoute(), healthRoute(parts)],
      landingLinks: (links) => [
        {
          href: links.to('pages.viewer'),
          rel: 'preview',
          type: MEDIA.html,
          title: 'Map of everything',
        },
      ],
    }),
  };
}

function viewerRoute(): MountedRoute {
  return route({
    id: 'pages.viewer',
    path: '/viewer',
    summary: 'A map of everything',
    tag: 'Pages',
    parameters: {},
    representations: [html((_: undefined, page) => renderViewerPage(page))],
    firstAcceptable: true,
    undocumented: true,
    run: async () => undefined,
  });
}

function problemRoute(): MountedRoute {
  return route({
    id: 'pages.problem',
    path: '/problems/{slug}',
    summary: 'What a problem type means',
    tag: 'Pages',
    parameters: { slug: pathText('slug', 'Slug of the problem type.') },
    representations: [html((kind: ErrorKind, page) => renderProblemKindPage(kind, page))],
    firstAcceptable: true,
    undocumented: true,
    async run({ slug }) {
      const kind = errorKinds().find((k) => k.slug === slug);
      if (kind === undefined)
        throw new AppError('NOT_FOUND', {
          detail: `There is no problem type "${slug.slice(0, 60)}"`,
        });
      return kind;
    },
  });
}

/** The process is alive: says nothing of the database, which `/ready` on the admin listener does. */
function healthRoute({ version }: PageParts): MountedRoute {
  return route({
    id: 'pages.health',
    path: '/health',
    summary: 'Whether the process is alive',
    tag: 'Service',
    parameters: {},
    representations: [json<Health>('health')],
    firstAcceptable: true,
    run: async () => ({ status: 'pass' as const, version }),
  });
}
