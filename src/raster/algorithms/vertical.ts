import { numberParameter } from './parameter.ts';

/**
 * Heights are taken for metres. `z_exaggeration` multiplies them: 0.3048 for feet, 3 for flat country. The name is
 * TiTiler's; GDAL calls it z factor.
 */
export const Z_EXAGGERATION = numberParameter('z_exaggeration', {
  type: 'number',
  minimum: 1e-6,
  maximum: 1e6,
  default: 1,
  description: 'Multiplies heights, which are taken for metres: 0.3048 for feet, more than 1 to exaggerate.',
});

/** TiTiler's callers must say how many neighbours to read; here they are always read. */
export const BUFFER = numberParameter('buffer', {
  type: 'integer',
  minimum: 0,
  maximum: 99,
  default: 0,
  description: 'Accepted and without effect: the neighbours that the algorithm needs are always read.',
});
