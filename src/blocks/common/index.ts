import type { Link } from '../../base/link.ts';
import { REL } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import { renderConformancePage } from '../../html/conformance-page.ts';
import { renderLandingPage } from '../../html/landing-page.ts';
import type { Block, Kit } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import type { Links } from '../../http/links.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { ConformanceDeclaration, LandingPage } from '../../model/common.ts';
import { USUAL_CRSS } from '../../services/collections/collection-document.ts';
import type { CollectionService } from '../../services/collections/collection-service.ts';
import type { DatasetExtent } from '../../services/collections/dataset-extent.ts';
import { datasetExtentDocument } from '../../services/collections/extent-document.ts';
import { apiRoute } from './api.ts';
import type { ServiceFacts } from './service-facts.ts';
import { tasteOf } from './taste.ts';

const COMMON_1 = 'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf';

/** What the entry resources work with. */
export interface CommonParts {
  readonly service: ServiceFacts;
  readonly collections: CollectionService;
  readonly dataset: DatasetExtent;
}

/** OGC API Common Part 1: landing page, conformance, API definition. */
export function commonBlock(parts: CommonParts): Block {
  return {
    id: 'common',
    spec: 'OGC 19-072',
    conformsTo: ['core', 'landing-page', 'json', 'html', 'oas30'].map((name) => `${COMMON_1}/${name}`),
    requires: [],
    mount: (kit) => ({
      routes: [landingRoute(kit, parts), conformanceRoute(kit), apiRoute(kit, parts.service)],
      landingLinks: entryLinks,
    }),
  };
}

function landingRoute(kit: Kit, parts: CommonParts): MountedRoute {
  const { service, dataset } = parts;
  return route({
    id: 'common.landing',
    path: '/',
    summary: 'Where everything begins',
    tag: 'Service',
    refusesUnknown: true,
    parameters: {},
    representations: [
      json<LandingPage>('landingPage'),
      html(async (document: LandingPage, page, context) =>
        renderLandingPage(document, page, await tasteOf(kit, parts.collections, context)),
      ),
    ],
    run: async (_, { links }) => ({
      title: service.title,
      description: service.description,
      extent: datasetExtentDocument(await dataset.read()),
      crs: USUAL_CRSS,
      links: [...links.selfAndAlternates(service.title), ...kit.landingLinks(links)],
    }),
  });
}

function conformanceRoute(kit: Kit): MountedRoute {
  return route({
    id: 'common.conformance',
    path: '/conformance',
    summary: 'The conformance classes that this server implements',
    tag: 'Service',
    refusesUnknown: true,
    parameters: {},
    representations: [
      json<ConformanceDeclaration>('confClasses'),
      html((document: ConformanceDeclaration, page) => renderConformancePage(document, page)),
    ],
    run: async (_, { links }) => ({
      conformsTo: kit.conformsTo(),
      links: links.selfAndAlternates('Conformance'),
    }),
  });
}

function entryLinks(links: Links): readonly Link[] {
  const conformance = links.to('common.conformance');
  return [
    {
      href: links.to('common.api', {}, { f: 'json' }),
      rel: 'service-desc',
      type: MEDIA.openapi,
      title: 'API definition',
    },
    {
      href: links.to('common.api', {}, { f: 'html' }),
      rel: 'service-doc',
      type: MEDIA.html,
      title: 'API explorer',
    },
    {
      href: links.to('common.api', {}, { f: 'json' }),
      rel: 'service-meta',
      type: MEDIA.openapi,
      title: 'Limits of the service (in the API definition)',
    },
    { href: conformance, rel: 'conformance', type: MEDIA.json, title: 'Conformance classes' },
    { href: conformance, rel: REL.conformance, type: MEDIA.json, title: 'Conformance classes' },
  ];
}
