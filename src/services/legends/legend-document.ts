import { formatColor } from '../../color/parse-color.ts';
import type { LegendDocument } from '../../model/rasters.ts';
import type { Legend } from './legend.ts';

/** A legend as JSON; its entries can be given back as `colormap`. */
export function legendDocument({ title, unit, kind, entries, gradient }: Legend): LegendDocument {
  return {
    title,
    ...(unit === undefined ? {} : { unit }),
    kind,
    entries: entries.map((entry) => ({ ...entry, color: formatColor(entry.color) })),
    ...(gradient === undefined ? {} : { gradient: { min: gradient.min, max: gradient.max, colors: gradient.colors.map(formatColor) } }),
  };
}
