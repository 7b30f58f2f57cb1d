import { numberText } from './number-text.ts';
import { sampleTypeOf, type SampleType } from './sample-type.ts';
import type { Strip } from './strips.ts';
import type { ValueFacts } from './values.ts';

/** The lines of some rows: the numbers of the first band. */
export function writeAsciiLines(facts: ValueFacts, { planes, height }: Strip): Uint8Array {
  const type = sampleTypeOf(facts.bands.map(({ pixelType }) => pixelType));
  const missing = numberText(asciiNodata(facts, type), type);
  const lines: string[] = [];
  for (let row = 0; row < height; row += 1) {
    const values = planes[0]?.subarray(row * facts.width, (row + 1) * facts.width) ?? [];
    lines.push(Array.from(values, (value) => (value === value ? numberText(value, type) : missing)).join(' '));
  }
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

/** What stands for no data: the band's own value, else a number that the type cannot hold or, in floating point, the least it can. */
export function asciiNodata({ bands: [band] }: ValueFacts, type: SampleType): number {
  if (band?.nodata !== undefined && Number.isFinite(band.nodata)) return band.nodata;
  if (type.kind === 'float') return Math.fround(-3.402823466e38);
  return type.kind === 'unsigned' || type.bytes === 1 ? -9999 : type.min - 1;
}
