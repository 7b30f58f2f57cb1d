// One raster on a map: its look is chosen in the panel, stands in the address, and can be taken elsewhere.
import { Marker } from './maplibre-gl.mjs';
import { addStyle, createMap, fit, ownUrl, readJson } from './base-map.js';
import { node } from './features.js';
import { lookForm, lookIn } from './look-form.js';
import { askByKeyboard, wirePanel } from './panel.js';
import { valueBlock } from './values.js';

/** Sliders speak often; the map follows when they rest this long. */
const REST_MS = 150;

const viewer = document.querySelector('[data-raster]');
const find = (selector) => viewer.querySelector(selector);
const place = find('.viewer-map');
const picked = find('[data-picked]');
const collection = new URL(viewer.dataset.collection, location.href).href;
const tiles = `${collection}/map/tiles/WebMercatorQuad`;
const bands = JSON.parse(viewer.dataset.bands);

let map;
let layer;
let source;
let legend;
let pin;
let running;
let asked;
let wait;
let statisticsKey;

const form = lookForm(find('[data-look]'), (onlyOpacity) => {
  showOpacity();
  remember();
  clearTimeout(wait);
  if (!onlyOpacity) wait = setTimeout(draw, REST_MS);
});
const openPanel = wirePanel(viewer, () => map?.resize());

try {
  if (matchMedia('(max-width: 44rem)').matches) openPanel(false);
  form.write(lookIn(location.hash.slice(1)));
  map = await createMap(place, { embedded: false });
  await begin();
} catch (error) {
  tell(error.message, '');
}

async function begin() {
  const style = await readJson(`${tiles}/style.json`);
  const look = form.query();
  source = Object.keys(style.sources)[0];
  const [zoom, lat, lon] = (new URLSearchParams(location.hash.slice(1)).get('at') ?? '').split('/').map(Number);
  if ([zoom, lat, lon].every(Number.isFinite)) map.jumpTo({ zoom, center: [lon, lat] });
  else if (style.sources[source].bounds) fit(map, style.sources[source].bounds);
  if (look.size === 0) show(style);
  await draw(style);
  map.on('moveend', remember);
  map.on('click', (event) => ask(event.lngLat));
  askByKeyboard(map, place, (center) => ask(center, { focus: true }));
  addEventListener('hashchange', () => {
    form.write(lookIn(location.hash.slice(1)));
    void draw();
  });
  place.dataset.ready = '';
}

function show(style) {
  [layer] = addStyle(map, style);
  showOpacity();
}

/** Draws the look that the form says: tiles and legend, or what the server says against it. */
async function draw(style) {
  const look = form.query();
  const text = look.toString();
  if (text === asked) return;
  asked = text;
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const query = text === '' ? '' : `&${text}`;
  viewer.setAttribute('aria-busy', 'true');
  try {
    const [document, told] = await Promise.all([
      readAnswer(`${tiles}/tilejson.json?f=json${query}`, signal),
      readAnswer(`${collection}/legend?f=json${query}`, signal),
    ]);
    clearFaults();
    legend = told;
    if (layer === undefined) show({ ...style, sources: { [source]: { ...style.sources[source], tiles: document.tiles } } });
    else map.getSource(source).setTiles(document.tiles.map(ownUrl));
    showLegend(query);
    showAddresses(document, query);
    void showRange(look, signal);
  } catch (error) {
    if (error.name === 'AbortError') return;
    asked = undefined;
    if (layer === undefined) show(style);
    clearFaults();
    tell(error.message, error.parameter ?? '');
  } finally {
    if (!signal.aborted) viewer.removeAttribute('aria-busy');
  }
}

/** A document; where the server refuses, an error with its words and the parameter that it names. */
async function readAnswer(url, signal) {
  const response = await fetch(ownUrl(url), { signal, headers: { Accept: 'application/json' } });
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  const error = new Error(problem.detail ?? `The server answered ${response.status}`);
  error.parameter = problem.errors?.find(({ name }) => fault(name))?.name ?? guessed(problem.detail);
  throw error;
}

/** Objections that name no parameter speak of what was computed. */
function guessed(detail = '') {
  if (/algorithm/.test(detail)) return 'algorithm';
  return /expression|compute/.test(detail) && form.query().has('expression') ? 'expression' : '';
}

function fault(name) {
  return [...viewer.querySelectorAll('[data-fault]')].find((line) => line.dataset.fault === name);
}

function tell(message, name) {
  const line = fault(name === 'algorithm_params' ? 'algorithm' : name) ?? fault('');
  line.textContent = message;
  line.hidden = false;
}

function clearFaults() {
  for (const line of viewer.querySelectorAll('[data-fault]')) line.hidden = true;
}

function showLegend(query) {
  const picture = find('[data-legend]');
  picture.src = `${collection}/legend?f=svg${query}`;
  picture.alt = `Legend: ${legend.entries.map((entry) => entry.label).join(', ')}`;
}

function showAddresses({ tiles: [template] }, query) {
  const addresses = { xyz: template, tilejson: `${tiles}/tilejson.json${query.replace('&', '?')}` };
  for (const [name, url] of Object.entries(addresses)) {
    const box = find(`[data-url="${name}"]`);
    box.querySelector('code').textContent = url;
    box.querySelector('[data-copy]').dataset.copy = url;
  }
}

/** The range in use, from the legend, and how far it can go, from the statistics of what is shown. */
async function showRange(look, signal) {
  const range = legend.gradient ?? legend.entries.find(({ min, max }) => min !== undefined && max !== undefined);
  const found = look.has('rescale') || range === undefined ? undefined : [range.min, range.max];
  if (found) form.setFound(found);
  const known = form.knownRange();
  if (look.has('algorithm')) {
    statisticsKey = undefined;
    if (known ?? found) form.setBounds(known ?? found);
    return;
  }
  const query = new URLSearchParams([...look].filter(([name]) => ['bidx', 'expression', 'datetime', 'pixel_selection'].includes(name)));
  if (statisticsKey === query.toString()) return;
  statisticsKey = query.toString();
  try {
    const shown = Object.values(await readAnswer(`${collection}/statistics?f=json&${query}`, signal)).slice(0, 3);
    const ends = [Math.min(...shown.map(({ min }) => min)), Math.max(...shown.map(({ max }) => max))];
    form.setBounds(ends);
    if (range === undefined && !look.has('rescale')) form.setFound(ends);
  } catch {
    statisticsKey = undefined;
  }
}

function showOpacity() {
  if (layer !== undefined) map.setPaintProperty(layer, 'raster-opacity', form.opacity() / 100);
}

/** The look and the place in the address, without adding to the history. */
function remember() {
  const parts = [form.query().toString().replaceAll('%2C', ',').replaceAll('%3A', ':')];
  if (form.opacity() !== 100) parts.push(`opacity=${form.opacity()}`);
  if (map) {
    const { lng, lat } = map.getCenter();
    parts.push(`at=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
  }
  history.replaceState(null, '', `#${parts.filter((part) => part !== '').join('&')}`);
}

/** The values under a place, in the panel. */
async function ask(lngLat, { focus = false } = {}) {
  pin?.remove();
  pin = new Marker({ color: '#b8481f', scale: 0.8 }).setLngLat(lngLat).addTo(map);
  const head = node('div', { className: 'picked-head' });
  const close = node('button', { type: 'button', className: 'button small', textContent: 'Close' });
  close.addEventListener('click', () => {
    picked.hidden = true;
    pin?.remove();
    map.getCanvas().focus();
  });
  const { lng, lat } = lngLat.wrap();
  const degrees = (value, letters) => `${Math.abs(value).toFixed(4)}° ${letters[Number(value < -0.00005)]}`;
  const at = `${degrees(lat, 'NS')}, ${degrees(lng, 'EW')}`;
  head.append(node('h2', { textContent: 'Values here' }), close);
  try {
    const block = await valueBlock(collection, lngLat, { title: at, bands, legend });
    picked.replaceChildren(head, block);
  } catch (error) {
    picked.replaceChildren(head, node('p', { textContent: error.message }));
  }
  picked.hidden = false;
  openPanel(true);
  picked.scrollIntoView({ block: 'nearest' });
  if (focus) picked.focus();
}
