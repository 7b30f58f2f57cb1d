/** The same meridian within ±180; -180 and 180 stay as they are, so that boxes of the whole world keep their width. */
export function wrapLongitude(lon: number): number {
  if (lon >= -180 && lon <= 180) return lon;
  return lon - 360 * Math.floor((lon + 180) / 360);
}
