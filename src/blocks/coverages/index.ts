import { REL } from '../../base/link.ts';
import type { Link } from '../../base/link.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { Collection } from '../../catalog/collection.ts';
import type { Block } from '../../http/block.ts';
import type { Links } from '../../http/links.ts';
import { coverageRoute } from './coverage.ts';
import type { CoverageParts } from './coverage-parts.ts';
import { descriptionRoutes } from './descriptions.ts';

const COVERAGES_1 = 'https://www.opengis.net/spec/ogcapi-coverages-1/1.0/conf';
const CLASSES = [
  'core',
  'subsetting-spatial',
  'subsetting-temporal',
  'subsetting-general',
  'scaling-spatial',
  'field-selection',
  'crs',
  'html',
  'api-operations',
];

/** OGC API Coverages Part 1 (draft rc2), with the names of earlier drafts that GDAL and OWSLib use. */
export function coveragesBlock(parts: CoverageParts): Block {
  return {
    id: 'coverages',
    spec: 'OGC 19-087',
    conformsTo: CLASSES.map((name) => `${COVERAGES_1}/${name}`),
    requires: ['common', 'collections', 'schemas', 'maps'],
    mount: () => ({
      limits: { coverages: { maxCells: parts.rasters.limits.maxPixels } },
      routes: [coverageRoute(parts), ...descriptionRoutes(parts)],
      collectionLinks,
    }),
  };
}

function collectionLinks(collection: Collection, links: Links): readonly Link[] {
  if (collection.kind !== 'raster') return [];
  const path = { collectionId: collection.id };
  const title = `Numbers of ${collection.title}`;
  const coverage = links.to('coverages.collection.getCoverage', path);
  return [
    ...[REL.coverageHttps, REL.coverage].map((rel) => ({ href: coverage, rel, type: MEDIA.geotiff, title })),
    { href: coverage, rel: REL.coverageHttps, type: 'application/vnd.cov+json', title },
    { href: links.to('coverages.collection.getDomainSet', path), rel: REL.coverageDomainSet, type: MEDIA.json, title: 'Domain set' },
    { href: links.to('coverages.collection.getRangeType', path), rel: REL.coverageRangeType, type: MEDIA.json, title: 'Range type' },
  ];
}
