/** Size of a source pixel, in units of the source CRS. */
export interface LevelSize {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
}

const AS_FINE = 1.01;

/**
 * The coarsest level whose pixel is not larger than the target's, else the finest; sizes compare by area.
 * `targetSize` is the side of a target pixel in units of the source CRS.
 */
export function chooseLevel<L extends LevelSize>(levels: readonly L[], targetSize: number): L | undefined {
  let best: L | undefined;
  let finest: L | undefined;
  for (const level of levels) {
    const size = sizeOf(level);
    if (finest === undefined || size < sizeOf(finest)) finest = level;
    if (size <= targetSize * AS_FINE && (best === undefined || size > sizeOf(best))) best = level;
  }
  return best ?? finest;
}

function sizeOf({ pixelWidth, pixelHeight }: LevelSize): number {
  return Math.sqrt(pixelWidth * pixelHeight);
}
