import type { RasterCollection } from '../../catalog/collection.ts';
import type { Look } from '../../raster/look.ts';

/** Names of what a look puts out: the texts of its expressions, separated by `;`, else those of its bands. */
export function outputNames({ bands }: RasterCollection, look: Look, texts: string | undefined): readonly string[] {
  if (look.expressions !== undefined) {
    const names = (texts ?? '').split(';').map((text) => text.trim());
    return look.expressions.map((_, n) => names[n] ?? `b${n + 1}`);
  }
  return (look.bands ?? bands.map((_, n) => n)).map((n) => bands[n]?.name ?? `b${n + 1}`);
}
