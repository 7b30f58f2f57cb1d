import { escapeAttribute, escapeText } from '../../markup/escape.ts';
import type { ValueFacts } from '../values.ts';

/**
 * GDAL's XML of what TIFF has no tags for (tag 42112: names, units, scale and offset of bands); undefined when there
 * is nothing to say.
 */
export function gdalMetadata({ bands, title }: ValueFacts): string | undefined {
  const items = bands.flatMap(({ name, description, unit, place = [], scale, offset }, i) => {
    const hasScale = (scale ?? 1) !== 1 || (offset ?? 0) !== 0;
    const text = [description ?? name, ...place.map(({ axis, value }) => (axis === 'time' ? value : `${axis} ${value}`))].join(' ');
    return [
      item('DESCRIPTION', 'description', i, text),
      ...place.map(({ axis, value }) => `<Item name="${escapeAttribute(axis)}" sample="${i}">${twice(String(value))}</Item>`),
      ...(unit === undefined ? [] : [item('UNITTYPE', 'unittype', i, unit)]),
      ...(hasScale ? [item('OFFSET', 'offset', i, String(offset ?? 0)), item('SCALE', 'scale', i, String(scale ?? 1))] : []),
    ];
  });
  const titles = title === undefined ? [] : [`<Item name="TITLE">${twice(title)}</Item>`];
  const all = [...titles, ...items];
  return all.length === 0 ? undefined : `<GDALMetadata>\n${all.map((line) => `  ${line}\n`).join('')}</GDALMetadata>\n`;
}

function item(name: string, role: string, sample: number, text: string): string {
  return `<Item name="${name}" sample="${sample}" role="${role}">${twice(text)}</Item>`;
}

/** GDAL reads the text of an item twice, as XML and once more for references: so it is escaped twice. */
function twice(text: string): string {
  return escapeText(escapeText(text));
}
