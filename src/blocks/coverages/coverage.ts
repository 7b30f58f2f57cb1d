import { MEDIA } from '../../base/media-type.ts';
import { isWithin, type Interval } from '../../base/interval.ts';
import { html } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { coverageParameters } from '../../http/params/raster/coverage-parameters.ts';
import type { CoverageInput } from '../../http/params/raster/coverage-parameters.ts';
import { dimensionParameters, slicesOf } from '../../http/params/raster/dimension-parameters.ts';
import { onlyOne } from '../../http/params/raster/look-parameters.ts';
import { route } from '../../http/route.ts';
import type { Body, MountedRoute, Representation, RequestContext } from '../../http/route.ts';
import { renderCoveragePage } from '../../html/coverage-page.ts';
import type { ValueFormat } from '../../image/encode-values.ts';
import { coverageJson } from '../../services/coverages/coverage-json.ts';
import { planCoverage } from '../../services/coverages/plan-coverage.ts';
import { positionValues } from '../../services/coverages/position-values.ts';
import { readCoverage } from '../../services/coverages/read-coverage.ts';
import type { CoverageReading } from '../../services/coverages/read-coverage.ts';
import { writeCoverage } from '../../services/coverages/write-coverage.ts';
import { boxText } from '../../services/crs/crs-service.ts';
import type { Drawable } from '../../services/maps/drawable.ts';
import type { CoverageParts } from './coverage-parts.ts';

type Input = CoverageInput & { readonly collectionId: string };

/** A planned coverage; the format decides how it is read, so that reading and encoding are one step. */
interface CoverageResult extends CoverageReading {
  readonly drawable: Drawable;
}

const CLOUD_OPTIMIZED = 'http://www.opengis.net/def/profile/geotiff/cloud-optimized';
const COVERAGES_1 = 'https://www.opengis.net/spec/ogcapi-coverages-1/1.0/conf';

/** `/collections/{collectionId}/coverage` (OGC 19-087 rc2). */
export function coverageRoute(parts: CoverageParts): MountedRoute {
  return route<Input, CoverageResult>({
    id: 'coverages.collection.getCoverage',
    path: '/collections/{collectionId}/coverage',
    summary: 'The numbers of a raster: all, or a part of them',
    tag: 'Coverages',
    parameters: { collectionId: pathText('collectionId', 'Id of the collection.'), ...coverageParameters },
    resourceParameters: dimensionParameters(parts.collections.raster),
    representations: [
      file(parts, 'geotiff', { aliases: ['tiff', 'tif', 'image/tiff', 'application/x-geotiff'], conformsTo: [`${COVERAGES_1}/geotiff`] }),
      file(parts, 'cog', { profile: CLOUD_OPTIMIZED, conformsTo: [`${COVERAGES_1}/cog`] }),
      coverageJsonRepresentation(parts),
      numbersJson(parts),
      file(parts, 'png', { conformsTo: [`${COVERAGES_1}/png`] }),
      html(({ collection, plan }: CoverageResult, page, { links }) =>
        renderCoveragePage(page, {
          collection,
          bbox: plan.bbox,
          crs: plan.crs.uri,
          width: plan.target.width,
          height: plan.target.height,
          axes: plan.axes,
          files: wholeFiles(parts, plan).map((f) => ({ f, href: links.current({ f }) })),
          picture: links.to('maps.collection.getMap', { collectionId: collection.id }, { f: 'png', width: 720 }),
          links: links.selfAndAlternates(`Coverage of ${collection.title}`),
        }),
      ),
      file(parts, 'npy'),
      file(parts, 'asc'),
      file(parts, 'xyz'),
      file(parts, 'raw'),
    ],
    cache: { keeps: keepsUnclipped, collections: (path) => [parts.collections.get(path.collectionId ?? '').id] },
    run: (input, context) => planned(parts, input, context),
  });
}

/** The formats that the whole of a coverage comes in; a large one in that which is streamed. */
function wholeFiles(
  { rasters }: CoverageParts,
  { target: { width, height } }: CoverageResult['plan'],
): readonly ('geotiff' | 'cog' | 'coveragejson')[] {
  return width * height <= rasters.limits.maxPixels ? ['geotiff', 'cog', 'coveragejson'] : ['geotiff'];
}

async function planned(parts: CoverageParts, input: Input, context: RequestContext): Promise<CoverageResult> {
  onlyOne({ 'scale-size': input.scaleSize, scaleSize: input.scaleSizeAlias });
  onlyOne({ properties: input.properties, rangeSubset: input.rangeSubset });
  const collection = parts.collections.raster(input.collectionId);
  const drawable = await parts.drawables.get(collection.id, context);
  const slices = slicesOf(context.further);
  const plan = await planCoverage(
    parts,
    { ...input, slices, properties: input.properties ?? input.rangeSubset, scaleSize: input.scaleSize ?? input.scaleSizeAlias },
    drawable,
    context,
  );
  const { resampling, nodata, unscale, compression, predictor, tileWidth, tileHeight, overviewCount: overviews } = input;
  const tiff = { compression, predictor, tileWidth, tileHeight, overviews };
  return { collection, drawable, plan, resampling, nodata, unscale, tiff };
}

function file(
  parts: CoverageParts,
  f: ValueFormat,
  facts: Partial<Pick<Representation<CoverageResult>, 'aliases' | 'conformsTo' | 'profile'>> = {},
): Representation<CoverageResult> {
  return {
    f,
    mediaType: MEDIA[f],
    ...facts,
    async encode(result, context) {
      const { headers, ...made } = await context.timed('coverage', () => writeCoverage(parts, result, f, context));
      const profile = facts.profile === undefined ? {} : { 'Content-Profile': `<${facts.profile}>` };
      return { ...made, headers: { ...placeHeaders(result), Vary: 'Accept-Profile', 'Accept-Ranges': 'bytes', ...profile, ...headers } };
    },
  };
}

function coverageJsonRepresentation(parts: CoverageParts): Representation<CoverageResult> {
  return {
    f: 'coveragejson',
    mediaType: 'application/vnd.cov+json',
    aliases: ['covjson', 'application/prs.coverage+json'],
    schema: 'coverageJson',
    conformsTo: [`${COVERAGES_1}/coveragejson`],
    encode: (result, context) => documentOf(parts, result, context),
  };
}

/** JSON is the numbers at a position where both axes are sliced, else CoverageJSON under the plain media type. */
function numbersJson(parts: CoverageParts): Representation<CoverageResult> {
  return {
    f: 'json',
    mediaType: MEDIA.json,
    schema: 'coverageNumbers',
    conformsTo: [`${COVERAGES_1}/position-query`],
    async encode(result, context) {
      if (result.plan.position === undefined || result.plan.axes.length > 0) return documentOf(parts, result, context);
      return { content: JSON.stringify(await positionValues(parts, result, context)), headers: placeHeaders(result) };
    },
  };
}

async function documentOf(parts: CoverageParts, result: CoverageResult, context: RequestContext): Promise<Body> {
  const image = await readCoverage(parts, result, context);
  const { axes, crs } = result.plan;
  const [time, end] = timesOf(result);
  // A slice of one known instant tells it by an axis of its own.
  const isKnown = time !== undefined && end === undefined && axes.every(({ name }) => name !== 'time');
  const shown = isKnown ? [{ name: 'time', positions: [time] }, ...axes] : axes;
  const content = await parts.rasters.json(coverageJson(image, crs, shown), context.signal);
  return { content, headers: placeHeaders(result) };
}

function placeHeaders(result: CoverageResult): Readonly<Record<string, string>> {
  const { crs, bbox } = result.plan;
  const times = timesOf(result);
  return {
    'Content-Crs': crs.uri,
    'Content-Bbox': boxText(bbox, crs),
    ...(times.length === 0 ? {} : { 'Content-Datetime': times.join('/') }),
  };
}

/** The instant of the answer, or the first and the last, or what was asked for; none where the rows have no time. */
function timesOf({ drawable: { times }, plan }: CoverageResult): readonly string[] {
  if (times === undefined) return [];
  const { latest, datetime } = plan.rows;
  const asked: Interval = latest === true ? { start: times.last, end: times.last } : (datetime ?? { start: times.first, end: times.last });
  const own = plan.axes.find(({ name }) => name === 'time')?.positions.map(String);
  const shown = own ?? times.instants?.filter((at) => isWithin(at, asked)) ?? [];
  const [start = '..', end = '..'] = [shown[0] ?? asked.start, shown.at(-1) ?? asked.end];
  return start === end ? [start] : [start, end];
}
