/** Radians of longitude and latitude, or the place of the unit sphere's map. */
export interface Position {
  x: number;
  y: number;
}

/**
 * A projection of the unit sphere, both ways in place. Backwards, what lies outside of the map's outline becomes NaN:
 * nothing is drawn twice.
 */
export interface WorldProjection {
  forward(position: Position): void;
  inverse(position: Position): void;
}
