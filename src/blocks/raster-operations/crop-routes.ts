import type { Bbox } from '../../base/bbox.ts';
import { keepsUnclipped } from '../../http/params/raster/clip-parameters.ts';
import { AppError } from '../../base/error.ts';
import { pathText } from '../../http/params/path.ts';
import { crsParameter } from '../../http/params/raster/crs-parameter.ts';
import { route, type CachePolicy, type MountedRoute } from '../../http/route.ts';
import { zoneBounds } from '../../services/raster-statistics/zone-polygons.ts';
import { cropOf, cropParameters } from './crop.ts';
import { cropRepresentations } from './crop-encodings.ts';
import { boxFile, EXTENSIONS, sizeFile, type CropFile, type CropFormat } from './crop-file.ts';
import { polygonsBody } from './geojson-body.ts';
import type { OperationParts } from './operation-parts.ts';

const PATH = '/collections/{collectionId}';
const collectionId = pathText('collectionId', 'Id of the collection.');
const coordCrs = crsParameter(
  'coord_crs',
  'The CRS of positions in the request, easting or longitude first; without it longitude, latitude.',
);

function commonOf(parts: OperationParts, summary: string) {
  return { tag: 'Rasters', summary, representations: cropRepresentations(parts), firstAcceptable: true };
}

/** Answers are kept while their collection stays as it is; the same asked for by many at once is computed once. */
function keptWith({ collections }: OperationParts): CachePolicy {
  return { keeps: keepsUnclipped, collections: (path) => [collections.get(path.collectionId ?? '').id] };
}

/** A picture or file of a whole collection, small enough to look at: `preview`, `preview/256x128.png`, `preview.tif`. */
export function previewRoutes(parts: OperationParts): readonly MountedRoute[] {
  const common = { ...commonOf(parts, 'A picture of a whole raster, or its numbers'), cache: keptWith(parts) };
  const whole = ({ id, path, extension }: Spelling): MountedRoute =>
    route({
      ...common,
      id,
      path: `${PATH}/${path}`,
      undocumented: extension !== undefined,
      parameters: { collectionId, ...cropParameters },
      run: async ({ collectionId: of, ...input }, context) => ({
        crop: await cropOf(parts, { collectionId: of, area: { crs: undefined }, input }, context),
        extension,
      }),
    });
  return [
    ...spellingsOf('preview').map(whole),
    route({
      ...common,
      id: 'rasters.preview.sized',
      path: `${PATH}/preview/{size}`,
      parameters: { collectionId, ...cropParameters, file: sizeFile },
      run: async ({ collectionId: of, file, ...input }, context) => ({
        crop: await cropOf(parts, { collectionId: of, area: { crs: undefined }, input: sized(input, file) }, context),
        extension: file.extension,
      }),
    }),
  ];
}

/** One address of a resource, with the format that it names. */
interface Spelling {
  readonly id: string;
  readonly path: string;
  readonly extension: CropFormat | undefined;
}

/** `preview`, and `preview.png` and the like, which TiTiler has; the latter are not in the API document, which has `f` for the same. */
function spellingsOf(name: string): readonly Spelling[] {
  const files = Object.entries(EXTENSIONS).map(([suffix, extension]) => ({
    id: `rasters.${name}.${suffix}`,
    path: `${name}.${suffix}`,
    extension,
  }));
  return [{ id: `rasters.${name}`, path: name, extension: undefined }, ...files];
}

/** A picture or file of a box: `bbox/7,46,8,47.png`, `bbox/7,46,8,47/512x512.tif`. */
export function bboxRoutes(parts: OperationParts): readonly MountedRoute[] {
  const common = { ...commonOf(parts, 'A picture of a part of a raster, or its numbers'), cache: keptWith(parts) };
  return [
    route({
      ...common,
      id: 'rasters.bbox',
      path: `${PATH}/bbox/{box}`,
      parameters: { collectionId, box: boxFile, coordCrs, ...cropParameters },
      run: async ({ collectionId: id, box: { bbox, extension }, coordCrs: crs, ...input }, context) => ({
        crop: await cropOf(parts, { collectionId: id, area: { crs, bbox }, input }, context),
        extension,
      }),
    }),
    route({
      ...common,
      id: 'rasters.bbox.sized',
      path: `${PATH}/bbox/{box}/{size}`,
      parameters: { collectionId, box: boxFile, coordCrs, ...cropParameters, file: sizeFile },
      run: async ({ collectionId: id, box: { bbox }, file, coordCrs: crs, ...input }, context) => ({
        crop: await cropOf(parts, { collectionId: id, area: { crs, bbox }, input: sized(input, file) }, context),
        extension: file.extension,
      }),
    }),
  ];
}

/** A picture or file of what lies inside polygons that the request brings: `feature`, `feature.tif`, `feature/256x256.png`. */
export function featureRoutes(parts: OperationParts): readonly MountedRoute[] {
  const common = { ...commonOf(parts, 'A picture of a raster inside polygons, or its numbers'), body: polygonsBody };
  const whole = ({ id, path, extension }: Spelling): MountedRoute =>
    route({
      ...common,
      id,
      path: `${PATH}/${path}`,
      undocumented: extension !== undefined,
      parameters: { collectionId, coordCrs, ...cropParameters },
      run: async ({ collectionId: of, coordCrs: crs, ...input }, context, sent) => ({
        crop: await cropOf(parts, { collectionId: of, area: { crs, ...areaOf(sent) }, input }, context),
        extension,
      }),
    });
  return [
    ...spellingsOf('feature').map(whole),
    route({
      ...common,
      id: 'rasters.feature.sized',
      path: `${PATH}/feature/{size}`,
      parameters: { collectionId, coordCrs, ...cropParameters, file: sizeFile },
      run: async ({ collectionId: id, file, coordCrs: crs, ...input }, context, sent) => ({
        crop: await cropOf(parts, { collectionId: id, area: { crs, ...areaOf(sent) }, input: sized(input, file) }, context),
        extension: file.extension,
      }),
    }),
  ];
}

type Sent = { readonly features: readonly { readonly polygons: readonly (readonly Float64Array[])[] }[] };

function areaOf(sent: Sent | undefined): { readonly bbox: Bbox; readonly polygons: readonly (readonly Float64Array[])[] } {
  const polygons = sent?.features.flatMap((feature) => feature.polygons) ?? [];
  if (polygons.length === 0) throw new AppError('INVALID_BODY', { detail: 'Cannot cut out nothing: expected at least one polygon' });
  const [west, south, east, north] = zoneBounds(polygons);
  return { bbox: [west, south, east, north], polygons };
}

/** A size in the path goes before one in the query. */
function sized<T extends object>(
  input: T,
  { width, height }: CropFile,
): T & { readonly width: number | undefined; readonly height: number | undefined } {
  return { ...input, width, height };
}
