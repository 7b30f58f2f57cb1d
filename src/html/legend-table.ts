import { element as h, type Element } from '../markup/element.ts';
import type { LegendDocument } from '../model/rasters.ts';
import { colorSwatch } from './color-swatch.ts';
import { figure } from './figure.ts';
import { scrollTable } from './table.ts';

/** The entries of a legend: colour, what it stands for, and its name where it has one. */
export function legendTable({ entries, unit }: LegendDocument): Element {
  const hasNames = entries.some(({ label, value }) => value === undefined || label !== figure(value));
  const range = ({ min, max }: LegendDocument['entries'][number]): string => {
    if (min === undefined && max === undefined) return '';
    if (min === undefined) return `below ${figure(max)}`;
    return max === undefined ? `from ${figure(min)}` : `${figure(min)} to ${figure(max)}`;
  };
  return scrollTable(
    'Colours',
    ['Colour', unit === undefined ? 'Value' : `Value, ${unit}`, ...(hasNames ? ['Meaning'] : [])],
    entries.map((entry) => [
      h('span', { class: 'swatched' }, colorSwatch(entry.color), h('code', {}, entry.color)),
      entry.expression ?? (entry.value === undefined ? range(entry) : figure(entry.value)),
      ...(hasNames ? [entry.label] : []),
    ]),
  );
}
