/** Decimals of a centimetre on the ground, at least: in degrees, and in metres or feet. */
const [OF_DEGREES, OF_LENGTHS] = [7, 2];
/** A thousandth of a cell. */
const OF_CELL = 3;
/** More digits than this a double does not hold of a degree. */
const MOST = 12;

/**
 * How many decimals positions on a raster are told with: as many as tell a centimetre, and a thousandth of a cell where
 * that is less. `cell` is the side of a cell in units of the coordinates, where it is known.
 */
export function positionDecimals(geographic: boolean, cell: number | undefined): number {
  const least = geographic ? OF_DEGREES : OF_LENGTHS;
  if (cell === undefined || !(cell > 0)) return least;
  return Math.min(MOST, Math.max(least, OF_CELL - Math.floor(Math.log10(cell))));
}
