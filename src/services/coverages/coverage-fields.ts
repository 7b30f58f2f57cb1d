import { AppError } from '../../base/error.ts';
import type { RasterCollection } from '../../catalog/collection.ts';

/** Which fields a request names. */
export interface FieldWish {
  readonly properties?: readonly string[] | undefined;
  readonly excludeProperties?: readonly string[] | undefined;
}

/**
 * Bands (0-based) of an answer, in the order asked for: by name, else by number from 1 (OGC 19-087 /req/field-selection).
 * @throws AppError INVALID_PARAMETER for unknown ones and where none is left, CONFLICTING_PARAMETERS
 */
export function chooseFields({ properties, excludeProperties }: FieldWish, collection: RasterCollection): readonly number[] {
  if (properties !== undefined && excludeProperties !== undefined) {
    throw new AppError('CONFLICTING_PARAMETERS', { detail: 'Cannot combine properties with exclude-properties: give one of them' });
  }
  if (properties !== undefined) return properties.map((name) => fieldNamed(name, collection));
  const left = new Set((excludeProperties ?? []).map((name) => fieldNamed(name, collection)));
  const bands = collection.bands.map((_, i) => i).filter((i) => !left.has(i));
  if (bands.length === 0)
    throw new AppError('INVALID_PARAMETER', { detail: 'Cannot answer without fields: exclude-properties leaves none' });
  return bands;
}

function fieldNamed(name: string, { id, bands }: RasterCollection): number {
  const named = bands.findIndex((band) => band.name === name);
  if (named >= 0) return named;
  const numbered = /^[1-9]\d{0,4}$/.test(name) ? Number(name) - 1 : -1;
  if (bands[numbered] !== undefined) return numbered;
  throw new AppError('INVALID_PARAMETER', {
    detail: `There is no field "${name.slice(0, 60)}" in "${id}": it has ${bands
      .slice(0, 40)
      .map((band) => band.name)
      .join(', ')}`,
  });
}
