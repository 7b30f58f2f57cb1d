// The map of everything: a list of collections to switch on and off, what is under the pointer, and an address that can be shared.
import { Marker } from './maplibre-gl.mjs';
import { addStyle, createMap, fit, ownUrl, readJson, unite } from './base-map.js';
import { collectionOf, featureBlock, featuresAt, node } from './features.js';
import { layerRow } from './layer-row.js';
import { askByKeyboard, wirePanel } from './panel.js';
import { readPlace, writePlace } from './place.js';
import { valueBlock } from './values.js';

const PAGE = 60;
/** Pictures whose values one click asks for. */
const MOST_RASTERS = 4;
/** Shown at first when the address names none: one picture and a few vector collections. */
const FIRST = { raster: 1, vector: 5 };
const VECTOR = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector';
const MAP = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-map';

const viewer = document.querySelector('[data-viewer]');
const find = (name) => viewer.querySelector(name);
const [list, status, more, search, picked] = ['[data-layers]', '[data-status]', '[data-more]', '#viewer-search', '[data-picked]'].map(find);
const mapPlace = find('.viewer-map');

/** Collections that have been listed or shown, by id: document, row, layer ids once drawn. */
const known = new Map();
let next;
let map;
let pin;
let picking;

const openPanel = wirePanel(viewer, () => map?.resize());
wireList();
try {
  map = await createMap(mapPlace, { embedded: false });
  await begin();
} catch (error) {
  const line = find('.map-note');
  if (line) line.textContent = error.message;
  status.textContent = error.message;
}

async function begin() {
  const place = readPlace();
  await readList(`${document.body.dataset.root}/collections?f=json&limit=${PAGE}`);
  await Promise.all(place.show.filter((id) => !known.has(id)).map(learn));
  const wanted = place.show.length > 0 ? place.show.flatMap((id) => known.get(id) ?? []) : firstOnes();
  raise(wanted);
  if (place.at) map.jumpTo(place.at);
  else fitTo(wanted);
  map.on('moveend', remember);
  map.on('click', (event) => void pick(event.point, event.lngLat));
  askByKeyboard(map, mapPlace, (center) => void pick(map.project(center), center, { focus: true }));
  await Promise.all(wanted.map((entry) => switchTo(entry, true)));
  mapPlace.dataset.ready = '';
}

/** What is on the map stands first in the list. */
function raise(entries) {
  list.prepend(...entries.map((entry) => entry.row.element));
}

function firstOnes() {
  const left = { ...FIRST };
  return [...known.values()].filter((entry) => {
    left[entry.kind] -= 1;
    return left[entry.kind] >= 0;
  });
}

async function readList(url, { fresh = false } = {}) {
  const page = await readJson(url);
  if (fresh) list.replaceChildren();
  for (const document of page.collections) {
    const entry = remembered(document);
    if (entry) list.append(entry.row.element);
  }
  next = page.links.find((link) => link.rel === 'next')?.href;
  more.hidden = next === undefined;
  const total = page.numberMatched ?? list.children.length;
  status.textContent = total === list.children.length ? `${total} on the list` : `${list.children.length} of ${total} on the list`;
}

async function learn(id) {
  try {
    const entry = remembered(await readJson(`${document.body.dataset.root}/collections/${encodeURIComponent(id)}?f=json`));
    if (entry) list.prepend(entry.row.element);
  } catch {
    /* a shared address may name a collection that is gone */
  }
}

/** The entry of a collection; undefined when it has no tiles to draw. */
function remembered(document) {
  if (known.has(document.id)) return known.get(document.id);
  const link = document.links.find(({ rel }) => rel === MAP) ?? document.links.find(({ rel }) => rel === VECTOR);
  if (link === undefined) return undefined;
  const entry = {
    id: document.id,
    title: document.title ?? document.id,
    kind: link.rel === MAP ? 'raster' : 'vector',
    bbox: document.extent?.spatial?.bbox?.[0],
    url: ownUrl(link.href.replace(/\/(map\/)?tiles([?#].*)?$/, '')),
    style: `${link.href.replace(/[?#].*$/, '')}/WebMercatorQuad/style.json`,
    layers: undefined,
    shown: false,
    color: undefined,
  };
  entry.row = layerRow(entry, {
    onSwitch: (on) => switchTo(entry, on),
    onFit: () => fit(map, entry.bbox, { animate: true, duration: 600 }),
    onOpacity: (value) => entry.layers?.forEach((id) => map.setPaintProperty(id, 'raster-opacity', value)),
  });
  known.set(entry.id, entry);
  return entry;
}

async function switchTo(entry, on) {
  entry.shown = on;
  entry.row.show(on);
  remember();
  try {
    if (on && entry.layers === undefined) {
      const style = distinct(await readJson(entry.style));
      entry.layers ??= addStyle(map, style);
      entry.color = colorOf(style);
      entry.row.paint(entry.color);
    }
  } catch (error) {
    entry.shown = false;
    entry.row.show(false);
    status.textContent = `${entry.title}: ${error.message}`;
    return;
  }
  for (const id of entry.layers ?? []) map.setLayoutProperty(id, 'visibility', entry.shown ? 'visible' : 'none');
}

/** The style with a colour that nothing else on the map has, while there are any left. */
function distinct(style) {
  const color = colorOf(style);
  const taken = new Set([...known.values()].filter((entry) => entry.shown).map((entry) => entry.color));
  const free = viewer.dataset.palette.split(' ').find((other) => !taken.has(other));
  if (!taken.has(color) || free === undefined) return style;
  return JSON.parse(JSON.stringify(style).replaceAll(`"${color}"`, `"${free}"`));
}

function colorOf(style) {
  const paints = style.layers.map((layer) => layer.paint?.['fill-color'] ?? layer.paint?.['line-color'] ?? layer.paint?.['circle-color']);
  return paints.find((color) => typeof color === 'string');
}

function fitTo(entries) {
  const box = unite(entries.flatMap((entry) => (entry.bbox ? [entry.bbox] : [])));
  if (box) fit(map, box);
}

function remember() {
  if (map)
    writePlace(
      map,
      [...known.values()].filter((entry) => entry.shown).map((entry) => entry.id),
    );
}

async function pick(point, lngLat, { focus = false } = {}) {
  const found = featuresAt(map, point);
  const features = found.map((feature) => {
    const entry = known.get(collectionOf(feature));
    return featureBlock(feature, { title: entry?.title ?? collectionOf(feature), color: entry?.color });
  });
  picking?.abort();
  picking = new AbortController();
  const { signal } = picking;
  if (features.length > 0) showPicked(lngLat, features, focus);
  const values = await valuesAt(lngLat, signal);
  if (signal.aborted) return;
  if (features.length + values.length > 0) showPicked(lngLat, [...features, ...values], focus);
  else {
    picked.hidden = true;
    pin?.remove();
  }
}

/** The numbers of the pictures on the map; what cannot be read is left out. */
async function valuesAt(lngLat, signal) {
  const { lng, lat } = lngLat.wrap();
  const rasters = [...known.values()].filter(({ kind, shown, bbox }) => kind === 'raster' && shown && (!bbox || holds(bbox, lng, lat)));
  const blocks = rasters.slice(0, MOST_RASTERS).map(({ url, title }) => valueBlock(url, lngLat, { title, signal }).catch(() => undefined));
  return (await Promise.all(blocks)).filter((block) => block !== undefined);
}

function holds([west, south, east, north], lng, lat) {
  const inside = west <= east ? lng >= west && lng <= east : lng >= west || lng <= east;
  return inside && lat >= south && lat <= north;
}

function showPicked(lngLat, blocks, focus) {
  pin?.remove();
  pin = new Marker({ color: '#b8481f', scale: 0.8 }).setLngLat(lngLat).addTo(map);
  const head = node('div', { className: 'picked-head' });
  const close = node('button', { type: 'button', className: 'button small', textContent: 'Close' });
  close.addEventListener('click', () => {
    picked.hidden = true;
    pin?.remove();
    map.getCanvas().focus();
  });
  head.append(node('h2', { textContent: blocks.length === 1 ? 'Here' : `${blocks.length} here` }), close);
  picked.replaceChildren(head, ...blocks);
  picked.hidden = false;
  openPanel(true);
  if (focus) picked.focus();
}

function wireList() {
  more.addEventListener('click', () => {
    if (next) void readList(next);
  });
  let wait;
  search.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(() => void searchFor(search.value.trim()), 250);
  });
}

async function searchFor(text) {
  const query = text === '' ? '' : `&q=${encodeURIComponent(text)}`;
  try {
    await readList(`${document.body.dataset.root}/collections?f=json&limit=${PAGE}${query}`, { fresh: true });
    if (text === '') raise([...known.values()].filter((entry) => entry.shown));
  } catch (error) {
    status.textContent = error.message;
  }
}
