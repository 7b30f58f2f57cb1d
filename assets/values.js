// The numbers of a raster under a point, as people read them.
import { readJson } from './base-map.js';
import { node, swatch } from './features.js';

/** The address of the values under a place, whichever turn of the world it lies in. */
export function valuesUrl(collectionUrl, { lng, lat }) {
  const lon = ((((lng + 180) % 360) + 360) % 360) - 180;
  return `${collectionUrl}/point/${lon.toFixed(6)},${lat.toFixed(6)}`;
}

/** Reads the values under a place and shows them as a block; `bands` may know titles and units, `legend` the names of classes. */
export async function valueBlock(collectionUrl, lngLat, { title, bands = [], legend, signal } = {}) {
  const answer = await readJson(`${valuesUrl(collectionUrl, lngLat)}?f=json`, signal);
  const block = node('article', { className: 'picked-feature' });
  const heading = node('h3');
  heading.append(node('a', { href: valuesUrl(collectionUrl, lngLat), textContent: title }));
  block.append(heading);
  const names = answer.band_names.map((name, i) => bandLabel(bands.find((band) => band.name === name) ?? { name }, i, answer.band_names));
  const units = answer.band_names.map((name) => bands.find((band) => band.name === name)?.unit);
  block.append(answer.times.length > 1 ? timeTable(answer.times, names, units) : valueList(answer, { names, units, legend }));
  return block;
}

function bandLabel({ name, title }, _, all) {
  if (title !== undefined) return title;
  return all.length === 1 && name === 'b1' ? 'Value' : name;
}

function valueList({ values, times }, { names, units, legend }) {
  const list = node('dl');
  values.forEach((value, i) => {
    const cell = node('dd', { textContent: valueText(value, units[i]) });
    const entry = values.length === 1 ? legend?.entries?.find((known) => known.value === value) : undefined;
    if (legend?.kind === 'classes' && entry) cell.append(' ', swatch(entry.color), entry.label === String(value) ? '' : ` ${entry.label}`);
    list.append(node('dt', { textContent: names[i] }), cell);
  });
  if (times.length === 1) list.append(node('dt', { textContent: 'Time' }), node('dd', { textContent: timeText(times[0].time) }));
  return list;
}

function timeTable(times, names, units) {
  const table = node('table', { className: 'values' });
  const head = node('tr');
  head.append(...['Time', ...names.map((name, i) => (units[i] ? `${name}, ${units[i]}` : name))].map((text) => column(text)));
  const body = node('tbody');
  for (const { time, values } of times) {
    const row = node('tr');
    row.append(...[timeText(time), ...values.map((value) => valueText(value))].map((text) => node('td', { textContent: text })));
    body.append(row);
  }
  const top = node('thead');
  top.append(head);
  table.append(top, body);
  return table;
}

function column(text) {
  const cell = node('th', { textContent: text });
  cell.scope = 'col';
  return cell;
}

function timeText(time) {
  return time.replace(/T00:00:00Z$/, '').replace('T', ' ');
}

/** Seven digits: what a 4-byte float holds. */
function valueText(value, unit) {
  if (value === null) return 'no data';
  const text = String(Number.isInteger(value) ? value : Number(value.toPrecision(7))).replace('-', '−');
  return unit ? `${text} ${unit}` : text;
}
