import type { ColorMap } from '../color/color-map.ts';

/** Colours that the database keeps under a name, for pictures of any raster. */
export interface StoredLegend {
  /** As people wrote it. */
  readonly name: string;
  readonly source: 'django-raster' | 'legend-table';
  readonly colorMap: ColorMap;
}

/** Legends by all their names, in lower case: those of django-raster by title and by number. */
export type StoredLegends = ReadonlyMap<string, StoredLegend>;

/** A legend under the names that it would have, the best first. */
export interface NamedLegend extends Omit<StoredLegend, 'name'> {
  readonly names: readonly string[];
}

/** Legends by those of their names that none before them has; one without such a name is left out. */
export function nameLegends(legends: readonly NamedLegend[]): StoredLegends {
  const known = new Map<string, StoredLegend>();
  for (const { names, source, colorMap } of legends) {
    const free = names.filter((name) => !known.has(name.toLowerCase()));
    const [name] = free;
    if (name === undefined) continue;
    const legend = Object.freeze({ name, source, colorMap });
    for (const own of free) known.set(own.toLowerCase(), legend);
  }
  return known;
}
