import { AppError } from '../../base/error.ts';
import type { RasterCollection, VectorCollection } from '../../catalog/collection.ts';
import type { CollectionService } from '../collections/collection-service.ts';

/** Collections of one dataset tile at most; without a selection the first of all. */
export const MAX_COLLECTIONS = 32;

/** The collections with geometry that a dataset tile shows. @throws AppError INVALID_PARAMETER */
export function selectCollections(service: CollectionService, selected: readonly string[] | undefined): readonly VectorCollection[] {
  const drawable = service
    .all()
    .filter((c) => c.kind === 'vector')
    .filter((c) => c.geometry !== undefined);
  if (selected === undefined) return drawable.slice(0, MAX_COLLECTIONS);
  return selected.map((id) => {
    const found = drawable.find((c) => c.id === id);
    if (found === undefined) throw invalid(selected.join(','), `there is no collection "${id.slice(0, 60)}" with vector tiles`);
    return found;
  });
}

/** The raster collections that a dataset map tile shows, the first lowest. @throws AppError INVALID_PARAMETER */
export function selectRasters(service: CollectionService, selected: readonly string[] | undefined): readonly RasterCollection[] {
  const drawable = service.all().filter((c) => c.kind === 'raster');
  if (selected === undefined) return drawable.slice(0, MAX_COLLECTIONS);
  return selected.map((id) => {
    const found = drawable.find((c) => c.id === id);
    if (found === undefined) throw invalid(selected.join(','), `there is no collection "${id.slice(0, 60)}" with map tiles`);
    return found;
  });
}

function invalid(raw: string, why: string): AppError {
  return new AppError('INVALID_PARAMETER', {
    detail: `Cannot select collections "${raw.slice(0, 100)}": ${why}`,
  });
}
