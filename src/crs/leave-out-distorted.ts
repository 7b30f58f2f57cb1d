/** Positions of a grid, `side` a row, in degrees and where a projection puts them, in metres. */
export interface ProjectedGrid {
  readonly degrees: Float64Array;
  readonly metres: Float64Array;
  readonly side: number;
}

const METRES_PER_DEGREE = (Math.PI * 6_378_137) / 180;
/** Meridians nearer to one another than this part of a degree on the equator, near the poles, tell nothing. */
const LEAST_APART = 1e-3;

/**
 * Makes NaN of the projected positions around which a projection draws the ground more than `most` times too large in
 * every direction: where it runs to infinity (a pole of Mercator's, the pole opposite to a stereographic one's), while
 * projections that end stretch in one direction at most. Nothing is left out when that would leave nothing.
 */
export function leaveOutDistorted(grid: ProjectedGrid, most: number): void {
  const { metres, side } = grid;
  const kept = metres.slice();
  let some = false;
  for (let n = 0; n < side * side; n += 1) {
    if (enlargement(grid, n) <= most) some ||= Number.isFinite(metres[2 * n]);
    else kept.fill(Number.NaN, 2 * n, 2 * n + 2);
  }
  if (some) metres.set(kept);
}

/**
 * How many times too large the ground is drawn in the direction in which it is least, in the quarter around a position where
 * that is most; 0 where nothing can be told.
 */
function enlargement({ degrees, metres, side }: ProjectedGrid, n: number): number {
  const [column, row] = [n % side, Math.floor(n / side)];
  const beside = [...(column > 0 ? [n - 1] : []), ...(column < side - 1 ? [n + 1] : [])];
  const above = [...(row > 0 ? [n - side] : []), ...(row < side - 1 ? [n + side] : [])];
  const directions = (places: readonly number[]): readonly Direction[] => places.flatMap((to) => stretch(degrees, metres, [n, to]) ?? []);
  const [across, up] = [directions(beside), directions(above)];
  if (across.length === 0 || up.length === 0) return Math.max(0, ...[...across, ...up].map(({ x, y }) => Math.hypot(x, y)));
  return Math.max(...across.flatMap((east) => up.map((north) => smallerStretch(east, north))));
}

/** The smaller singular value of two directions as columns: the determinant over the larger. */
function smallerStretch(east: Direction, north: Direction): number {
  const both = Math.hypot(east.x, east.y, north.x, north.y) ** 2;
  const determinant = Math.abs(east.x * north.y - east.y * north.x);
  return determinant / Math.sqrt((both + Math.sqrt(Math.max(0, both * both - 4 * determinant * determinant))) / 2);
}

/** Projected metres for a metre of ground. */
interface Direction {
  readonly x: number;
  readonly y: number;
}

/** Projected metres for each metre of ground between two positions; undefined where they are one place. */
function stretch(degrees: Float64Array, metres: Float64Array, [from, to]: readonly [number, number]): Direction | undefined {
  const at = (source: Float64Array, n: number, axis: 0 | 1): number => source[2 * n + axis] ?? Number.NaN;
  const latitude = (at(degrees, from, 1) + at(degrees, to, 1)) / 2;
  const turns = at(degrees, to, 0) - at(degrees, from, 0);
  const east = (turns - 360 * Math.round(turns / 360)) * Math.cos((latitude * Math.PI) / 180);
  const ground = Math.hypot(east, at(degrees, to, 1) - at(degrees, from, 1)) * METRES_PER_DEGREE;
  const [x, y] = [at(metres, to, 0) - at(metres, from, 0), at(metres, to, 1) - at(metres, from, 1)];
  return ground > LEAST_APART * METRES_PER_DEGREE && Number.isFinite(x + y) ? { x: x / ground, y: y / ground } : undefined;
}
