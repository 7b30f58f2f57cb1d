// A MapLibre map on a ground of our own: sea, land in broad strokes and the graticule. Nothing comes from another host.
import { AttributionControl, Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from './maplibre-gl.mjs';

setWorkerUrl(new URL('./maplibre-gl-worker.mjs', import.meta.url).href);

/** Bottom to top. */
const RANK = ['background', 'raster', 'fill', 'line', 'circle'];
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Absolute address of the landing page as this browser sees it, and as the documents spell it. */
const home = new URL(document.body.dataset.home, location.href).href.replace(/\/$/, '');
const root = document.body.dataset.root;

/** The same resource under the address that this page came from: documents may name a public address instead. */
export function ownUrl(url) {
  return url.startsWith(root) ? home + url.slice(root.length) : url;
}

/** Reads a JSON document of this service. */
export async function readJson(url, signal) {
  const response = await fetch(ownUrl(url), { signal, headers: { Accept: 'application/json, application/geo+json, application/*' } });
  if (!response.ok) throw new Error(`The server answered ${response.status} for ${new URL(response.url).pathname}`);
  return response.json();
}

/** Makes a map in `container`; `embedded` ones leave scrolling to the page. */
export async function createMap(container, { embedded }) {
  await loadStyleSheet();
  const canvas = document.createElement('div');
  canvas.className = 'map-canvas';
  container.append(canvas);
  const map = makeMap(canvas, embedded);
  map.addControl(new NavigationControl({ visualizePitch: false }), 'top-right');
  map.addControl(new AttributionControl({ compact: true }), 'bottom-right');
  map.addControl(new ScaleControl({ maxWidth: 100 }), 'bottom-left');
  map.touchZoomRotate.disableRotation();
  map.on('error', (event) => warn(container, event.error));
  dark.addEventListener('change', () => paintGround(map));
  await new Promise((resolve) => {
    map.once('load', resolve);
  });
  container.querySelector('.map-note')?.remove();
  return map;
}

function makeMap(container, embedded) {
  try {
    return new MapLibreMap({
      container,
      style: groundStyle(),
      center: [0, 20],
      zoom: 0,
      // Below zoom 0 tile sources draw nothing.
      minZoom: 0,
      maxZoom: 20,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: embedded,
      attributionControl: false,
      fadeDuration: 0,
    });
  } catch (error) {
    container.remove();
    throw new Error('This browser cannot draw maps: WebGL 2 is missing or switched off.', { cause: error });
  }
}

/** Adds a style's sources and layers above the ground; returns the ids of its layers. */
export function addStyle(map, style) {
  for (const [id, source] of Object.entries(style.sources)) {
    if (!map.getSource(id)) map.addSource(id, { ...source, tiles: source.tiles.map(ownUrl) });
  }
  const layers = style.layers.filter((layer) => layer.type !== 'background' && !map.getLayer(layer.id));
  for (const layer of layers) map.addLayer(layer, firstAbove(map, layer.type));
  return layers.map((layer) => layer.id);
}

function firstAbove(map, type) {
  const above = map.getStyle().layers.find((layer) => layer.metadata !== undefined && RANK.indexOf(layer.type) > RANK.indexOf(type));
  return above?.id;
}

/** Shows a box of degrees, `[west, south, east, north]`; west > east crosses the antimeridian. */
export function fit(map, bbox, options = {}) {
  const [west, south, east, north] = bbox;
  if (east - west > 300) {
    showWorld(map, (Math.max(-60, south) + Math.min(75, north)) / 2);
    return;
  }
  const bounds = [
    [west, Math.max(-84, south)],
    [east < west ? east + 360 : east, Math.min(84, north)],
  ];
  map.fitBounds(bounds, { padding: 34, maxZoom: 15, animate: false, ...options });
}

/** One world from edge to edge of the map, not several beside each other. */
function showWorld(map, latitude) {
  const { clientWidth, clientHeight } = map.getContainer();
  map.jumpTo({ center: [0, clientHeight < clientWidth ? latitude + 14 : latitude], zoom: Math.log2(clientWidth / 512) });
}

/** The box around several; undefined for none. */
export function unite(boxes) {
  if (boxes.length === 0) return undefined;
  if (boxes.some(([west, , east]) => west > east)) return [-180, -85, 180, 85];
  const column = (i) => boxes.map((box) => box[i]);
  return [Math.min(...column(0)), Math.min(...column(1)), Math.max(...column(2)), Math.max(...column(3))];
}

function groundStyle() {
  return {
    version: 8,
    sources: {
      'ground-land': { type: 'geojson', data: new URL('./land.json', import.meta.url).href, attribution: 'Land: Natural Earth' },
      'ground-graticule': { type: 'geojson', data: graticule(10) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: groundPaint().ground },
      { id: 'ground-land', type: 'fill', source: 'ground-land', paint: groundPaint().land },
      { id: 'ground-graticule', type: 'line', source: 'ground-graticule', paint: groundPaint().graticule },
    ],
  };
}

/** Near, the coarse coast would mislead: sea turns into the colour of land and the outline goes. */
function groundPaint() {
  const [sea, land, line] = dark.matches ? ['#16232a', '#223036', '#2c3d44'] : ['#dde8ea', '#f5f3ed', '#c6d2d4'];
  return {
    ground: { 'background-color': ['interpolate', ['linear'], ['zoom'], 4.5, sea, 7, land] },
    land: { 'fill-color': land, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 4.5, 1, 7, 0] },
    graticule: { 'line-color': line, 'line-width': 0.7 },
  };
}

function paintGround(map) {
  const paint = groundPaint();
  for (const [layer, values] of [
    ['ground', paint.ground],
    ['ground-land', paint.land],
    ['ground-graticule', paint.graticule],
  ]) {
    for (const [name, value] of Object.entries(values)) map.setPaintProperty(layer, name, value);
  }
}

function graticule(step) {
  const lines = [];
  for (let lon = -180; lon <= 180; lon += step)
    lines.push([
      [lon, -85],
      [lon, 0],
      [lon, 85],
    ]);
  for (let lat = -80; lat <= 80; lat += step)
    lines.push([
      [-180, lat],
      [0, lat],
      [180, lat],
    ]);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } };
}

/** Before our own sheet, which then has the last word. */
function loadStyleSheet() {
  if (document.querySelector('[data-map-style]')) return undefined;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL('./maplibre-gl.css', import.meta.url).href;
  sheet.dataset.mapStyle = '';
  const loaded = new Promise((resolve) => {
    sheet.addEventListener('load', resolve);
    sheet.addEventListener('error', resolve);
  });
  document.head.prepend(sheet);
  return loaded;
}

function warn(container, error) {
  if (error?.name === 'AbortError') return;
  let line = container.querySelector('.map-warning');
  if (!line) {
    line = document.createElement('p');
    line.className = 'map-warning';
    line.setAttribute('role', 'status');
    container.append(line);
  }
  line.textContent = error?.status === 503 ? 'The server is busy: some of the map is missing.' : 'Some of the map could not be loaded.';
  clearTimeout(line.timer);
  line.timer = setTimeout(() => line.remove(), 8000);
}
