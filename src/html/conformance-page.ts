import { element as h, type Element } from '../markup/element.ts';
import type { ConformanceDeclaration } from '../model/common.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core` → standard, version, class. */
const OGC_CLASS = /^https?:\/\/www\.opengis\.net\/spec\/([^/]+)\/([^/]+)\/(?:conf|req)\/(.+)$/;

const STANDARDS: Readonly<Record<string, string>> = {
  'ogcapi-common-1': 'OGC API – Common – Part 1: Core',
  'ogcapi-common-2': 'OGC API – Common – Part 2: Geospatial Data',
  'ogcapi-features-1': 'OGC API – Features – Part 1: Core',
  'ogcapi-features-2': 'OGC API – Features – Part 2: Coordinate Reference Systems by Reference',
  'ogcapi-features-3': 'OGC API – Features – Part 3: Filtering',
  'ogcapi-features-4': 'OGC API – Features – Part 4: Create, Replace, Update and Delete',
  'ogcapi-features-5': 'OGC API – Features – Part 5: Schemas',
  'ogcapi-tiles-1': 'OGC API – Tiles – Part 1: Core',
  'ogcapi-maps-1': 'OGC API – Maps – Part 1: Core',
  'ogcapi-coverages-1': 'OGC API – Coverages – Part 1: Core',
  'ogcapi-styles-1': 'OGC API – Styles – Part 1: Core',
  tms: 'Two Dimensional Tile Matrix Set and Tile Set Metadata',
  cql2: 'Common Query Language (CQL2)',
};

/** The conformance classes, by standard. */
export function renderConformancePage(document: ConformanceDeclaration, page: PageContext): string {
  return renderLayout(page, {
    title: 'Conformance',
    links: document.links ?? [],
    main: [
      h('h1', {}, 'Conformance'),
      h('p', { class: 'lead' }, `This service implements ${document.conformsTo.length} conformance classes of open standards.`),
      [...byStandard(document.conformsTo)].map(([standard, uris]) => standardSection(standard, uris)),
    ],
  });
}

function byStandard(uris: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const uri of uris) {
    const [, standard, version] = OGC_CLASS.exec(uri) ?? [];
    const name = standard === undefined ? 'Other' : `${STANDARDS[standard] ?? standard} ${version}`;
    groups.set(name, [...(groups.get(name) ?? []), uri]);
  }
  return groups;
}

function standardSection(standard: string, uris: readonly string[]): Element {
  return h(
    'section',
    {},
    h('h2', {}, standard),
    h(
      'ul',
      { class: 'classes' },
      uris.map((uri) => h('li', {}, h('strong', {}, OGC_CLASS.exec(uri)?.[3] ?? uri), h('code', {}, uri))),
    ),
  );
}
