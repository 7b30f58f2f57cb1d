// Features that were pointed at: which, and how they read.
import { ownUrl, readJson } from './base-map.js';

const schemas = new Map();

/** Features of collections within a few pixels of a point, topmost first, each once. */
export function featuresAt(map, point, most = 12) {
  const reach = 3;
  const area = [
    [point.x - reach, point.y - reach],
    [point.x + reach, point.y + reach],
  ];
  const found = map.queryRenderedFeatures(area).filter((feature) => collectionOf(feature) !== undefined);
  const seen = new Set();
  return found
    .filter((feature) => {
      const key = JSON.stringify([collectionOf(feature), feature.id ?? feature.properties]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, most);
}

/** The collection that a drawn feature belongs to. */
export function collectionOf(feature) {
  return feature.layer.metadata?.['graticule:collection'];
}

/** One feature as a heading and a list of its properties; the heading leads to its page when it has one. */
export function featureBlock(feature, { title, color }) {
  const block = node('article', { className: 'picked-feature' });
  const heading = node('h3');
  if (color !== undefined) heading.append(swatch(color));
  const name = nameOf(feature.properties);
  const label = node('span', { textContent: name ?? title });
  heading.append(label);
  if (name !== undefined) heading.append(node('span', { className: 'quiet', textContent: title }));
  block.append(heading, propertyList(feature.properties));
  const collection = collectionOf(feature);
  if (collection !== undefined) void linkWhenKnown(label, collection, feature);
  return block;
}

/** What people call a feature, if a property says so. */
function nameOf(properties) {
  const [, name] =
    Object.entries(properties ?? {}).find(
      ([key, value]) => /^(name|title|label)(_en)?$/i.test(key) && typeof value === 'string' && value.trim() !== '',
    ) ?? [];
  return name;
}

/** A square of a colour. */
export function swatch(color) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'swatch');
  svg.setAttribute('viewBox', '0 0 10 10');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ width: 10, height: 10, rx: 2.5, fill: color })) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}

/** An element with some of its DOM properties set. */
export function node(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function propertyList(properties) {
  const list = node('dl');
  const entries = Object.entries(properties ?? {}).filter(([, value]) => value !== null && value !== '');
  for (const [name, value] of entries) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    list.append(node('dt', { textContent: name }), node('dd', { textContent: text.length > 300 ? `${text.slice(0, 300)}…` : text }));
  }
  return entries.length === 0 ? node('p', { className: 'quiet', textContent: 'No attributes.' }) : list;
}

async function linkWhenKnown(label, collection, feature) {
  const id = await featureId(collection, feature);
  if (id === undefined) return;
  const base = ownUrl(`${document.body.dataset.root}/collections/${encodeURIComponent(collection)}`);
  label.replaceWith(node('a', { href: `${base}/items/${encodeURIComponent(id)}`, textContent: label.textContent }));
}

/** A tile carries only whole numbers as ids; the schema tells which properties are the key. */
async function featureId(collection, feature) {
  const keys = await keyNames(collection);
  if (keys.length === 1 && Number.isSafeInteger(feature.properties?.[keys[0]])) return feature.properties[keys[0]];
  const values = keys.map((name) => feature.properties?.[name]);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return values.length === 1 ? values[0] : values.map((value) => String(value).replace(/[\\,]/g, '\\$&')).join(',');
}

function keyNames(collection) {
  if (!schemas.has(collection)) {
    const url = `${document.body.dataset.root}/collections/${encodeURIComponent(collection)}/schema?f=json`;
    const names = readJson(url).then(
      (schema) =>
        Object.entries(schema.properties)
          .filter(([, property]) => property['x-ogc-role'] === 'id')
          .map(([name]) => name),
      () => [],
    );
    schemas.set(collection, names);
  }
  return schemas.get(collection);
}
