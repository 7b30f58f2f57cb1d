// A map inside a page: one style, or the GeoJSON features that the page lists.
import { Popup } from './maplibre-gl.mjs';
import { addStyle, createMap, fit, readJson } from './base-map.js';
import { collectionOf, featureBlock, featuresAt, node } from './features.js';

const COLOR = '#c2571a';

/** Fills the place that the server left for a map; its `data-` attributes say what to show. */
export async function showMapBox(box) {
  const embedded = !document.body.classList.contains('map');
  const { style, geojson, bbox } = box.dataset;
  const documents = Promise.all([style && readJson(style), geojson && readJson(geojson)]);
  documents.catch(() => undefined);
  const map = await createMap(box, { embedded });
  if (bbox) fit(map, bbox.split(',').map(Number));
  const [styleDocument, features] = await documents;
  if (styleDocument) {
    addStyle(map, styleDocument);
    if (!bbox) showBeginning(map, styleDocument);
  }
  if (features) addFeatures(map, features, { stay: box.dataset.stay !== undefined });
  map.on('click', (event) => showPopup(map, event));
  if (box.dataset.searchArea !== undefined) offerSearch(box, map);
  box.dataset.ready = '';
}

function showBeginning(map, style) {
  const bounds = Object.values(style.sources)[0]?.bounds;
  if (bounds) fit(map, bounds);
  else if (style.center) map.jumpTo({ center: style.center, zoom: style.zoom ?? 1 });
}

function addFeatures(map, document, { stay }) {
  map.addSource('features', { type: 'geojson', data: document });
  const only = (...names) => ['match', ['geometry-type'], names, true, false];
  const layer = (id, type, filter, paint) => map.addLayer({ id, type, source: 'features', filter, paint, metadata: {} });
  layer('features-fill', 'fill', only('Polygon', 'MultiPolygon'), { 'fill-color': COLOR, 'fill-opacity': 0.22 });
  layer('features-line', 'line', only('Polygon', 'MultiPolygon', 'LineString', 'MultiLineString'), {
    'line-color': COLOR,
    'line-width': 1.8,
  });
  layer('features-circle', 'circle', only('Point', 'MultiPoint'), {
    'circle-color': COLOR,
    'circle-radius': 5,
    'circle-stroke-color': '#ffffff',
    'circle-stroke-width': 1.4,
  });
  const box = boundsOf(document);
  // A single place is shown from far enough that the land around it can be told.
  if (box && !stay) fit(map, box, { maxZoom: box[0] === box[2] && box[1] === box[3] ? 5 : 11 });
}

/** The box around all coordinates of a GeoJSON document. */
function boundsOf(document) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates) => {
    if (typeof coordinates[0] !== 'number') {
      coordinates.forEach(visit);
      return;
    }
    const [x, y] = coordinates;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  };
  const geometry = (shape) => {
    if (shape?.geometries) shape.geometries.forEach(geometry);
    else if (shape?.coordinates) visit(shape.coordinates);
  };
  for (const feature of document.features ?? [document]) geometry(feature.geometry);
  return box.every(Number.isFinite) ? box : undefined;
}

function showPopup(map, event) {
  const found = featuresAt(map, event.point, 5);
  const own = map.getLayer('features-fill')
    ? map.queryRenderedFeatures(event.point, { layers: ['features-fill', 'features-line', 'features-circle'] }).slice(0, 1)
    : [];
  const shown = [...found, ...own];
  if (shown.length === 0) return;
  const content = node('div');
  content.append(
    ...shown.map((feature) =>
      featureBlock(feature, { title: collectionOf(feature) ?? `Feature ${feature.id ?? feature.properties?.id ?? ''}`.trim() }),
    ),
  );
  new Popup({ maxWidth: 'none', focusAfterOpen: true }).setLngLat(event.lngLat).setDOMContent(content).addTo(map);
}

function offerSearch(box, map) {
  const button = node('button', { type: 'button', className: 'map-search', textContent: 'Search this area', hidden: true });
  box.append(button);
  map.on('moveend', (event) => {
    if (event.originalEvent) button.hidden = false;
  });
  button.addEventListener('click', () => {
    const bounds = map.getBounds();
    const digits = (value) => Number(value.toFixed(5));
    const wide = bounds.getEast() - bounds.getWest() >= 360;
    const turn = (lon) => digits(((((lon + 180) % 360) + 360) % 360) - 180);
    const [west, east] = wide ? [-180, 180] : [turn(bounds.getWest()), turn(bounds.getEast())];
    const query = new URLSearchParams(location.search);
    query.delete('offset');
    query.set('bbox', [west, digits(Math.max(-90, bounds.getSouth())), east, digits(Math.min(90, bounds.getNorth()))].join(','));
    location.search = query.toString();
  });
}
