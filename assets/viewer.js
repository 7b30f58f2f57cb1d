// The map of everything: a list of collections to switch on and off, what is under the pointer, and an address that can be shared.
import { Marker } from './maplibre-gl.mjs';
import { addStyle, createMap, fit, readJson, unite } from './base-map.js';
import { collectionOf, featureBlock, featuresAt, node } from './features.js';
import { layerRow } from './layer-row.js';
import { readPlace, writePlace } from './place.js';

const PAGE = 60;
/** Shown at first when the address names none: one picture and a few vector collections. */
const FIRST = { raster: 1, vector: 5 };
const VECTOR = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector';
const MAP = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-map';

const viewer = document.querySelector('[data-viewer]');
const find = (name) => viewer.querySelector(name);
const [list, status, more, search, picked] = ['[data-layers]', '[data-status]', '[data-more]', '#viewer-search', '[data-picked]'].map(find);
const panel = find('.panel');
const mapPlace = find('.viewer-map');

/** Collections that have been listed or shown, by id: document, row, layer ids once drawn. */
const known = new Map();
let next;
let map;
let pin;

wirePanel();
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
  map.on('click', (event) => pick(event.point, event.lngLat));
  wireKeyboard();
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

function pick(point, lngLat) {
  const found = featuresAt(map, point);
  pin?.remove();
  picked.replaceChildren();
  picked.hidden = found.length === 0;
  if (found.length === 0) return;
  pin = new Marker({ color: '#b8481f', scale: 0.8 }).setLngLat(lngLat).addTo(map);
  const head = node('div', { className: 'picked-head' });
  const close = node('button', { type: 'button', className: 'button small', textContent: 'Close' });
  close.addEventListener('click', () => {
    picked.hidden = true;
    pin?.remove();
    map.getCanvas().focus();
  });
  head.append(node('h2', { textContent: found.length === 1 ? '1 feature here' : `${found.length} features here` }), close);
  const blocks = found.map((feature) => {
    const entry = known.get(collectionOf(feature));
    return featureBlock(feature, { title: entry?.title ?? collectionOf(feature), color: entry?.color });
  });
  picked.append(head, ...blocks);
  openPanel(true);
}

/** Arrow keys and + − are MapLibre's; Enter asks for what is under the cross in the middle. */
function wireKeyboard() {
  const canvas = map.getCanvas();
  canvas.setAttribute('aria-label', 'Map. Arrow keys move it, plus and minus zoom, Enter shows what is in the middle.');
  canvas.addEventListener('focus', () => mapPlace.classList.toggle('aiming', canvas.matches(':focus-visible')));
  canvas.addEventListener('blur', () => mapPlace.classList.remove('aiming'));
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const center = map.getCenter();
    pick(map.project(center), center);
    if (!picked.hidden) picked.focus();
  });
}

function wirePanel() {
  const toggle = find('[data-panel-toggle]');
  toggle.addEventListener('click', () => openPanel(panel.classList.contains('closed')));
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

function openPanel(open) {
  panel.classList.toggle('closed', !open);
  const toggle = find('[data-panel-toggle]');
  toggle.setAttribute('aria-expanded', String(open));
  toggle.textContent = open ? 'Hide list' : 'Show list';
  map?.resize();
}
