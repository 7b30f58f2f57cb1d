/* global ol, proj4 */
// What the tests run in a page with OpenLayers: it waits for events, never for a time, and looks at the pixels that were drawn.
'use strict';

const SIZE = 500;

proj4.defs('EPSG:3035', '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs +axis=neu');
proj4.defs('EPSG:25832', '+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs');
proj4.defs('EPSG:32621', '+proj=utm +zone=21 +datum=WGS84 +units=m +no_defs');
proj4.defs('EPSG:31985', '+proj=utm +zone=25 +south +ellps=GRS80 +units=m +no_defs');
ol.proj.proj4.register(proj4);

/** Resolves once a source has read its own description. */
function whenReady(source) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (source.getState() === 'error') reject(source.getError?.() ?? new Error('The source is in error'));
      else if (source.getState() === 'ready') resolve(source);
    };
    source.on('change', look);
    look();
  });
}

/** Draws one layer on a map of its own and gives the map when nothing is left to load; loading errors are thrown. */
async function draw(layer, { projection, center, resolution }) {
  document.getElementById('map').replaceChildren();
  const errors = [];
  const source = layer.getSource();
  for (const kind of ['tileloaderror', 'imageloaderror']) source.on(kind, (event) => errors.push(describe(event)));
  await whenReady(source);
  const view = new ol.View({
    projection,
    center: ol.proj.fromLonLat(center, projection),
    resolution,
    constrainResolution: false,
    multiWorld: true,
  });
  const map = new ol.Map({ target: 'map', pixelRatio: 1, controls: [], layers: [layer], view });
  await new Promise((resolve) => map.once('rendercomplete', resolve));
  if (errors.length > 0) throw new Error(errors.join('; '));
  return map;
}

function describe(event) {
  const key = event.tile?.key ?? event.tile?.src_ ?? event.image?.src_ ?? '';
  return `${event.type} ${key}`;
}

/** The colours that the map shows, row by row as RGBA. */
function pixelsOf(map) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = map.getSize();
  const context = canvas.getContext('2d');
  for (const drawn of map.getViewport().querySelectorAll('.ol-layer canvas, canvas.ol-layer')) {
    const matrix = /^matrix\((.*)\)$/.exec(drawn.style.transform)?.[1].split(',').map(Number);
    const scale = Number.parseFloat(drawn.style.width) / drawn.width || 1;
    context.setTransform(...(matrix ?? [scale, 0, 0, scale, 0, 0]));
    context.drawImage(drawn, 0, 0);
  }
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Where the red pixels have their middle, in pixels and on the ground, and how far that is from a place in pixels. */
function locateRed(map, place) {
  const pixels = pixelsOf(map);
  const [width] = map.getSize();
  let [count, x, y, others] = [0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] < 128) continue;
    if (pixels[i] < 200 || pixels[i + 1] > 80 || pixels[i + 2] > 80) {
      others += 1;
      continue;
    }
    count += 1;
    x += ((i / 4) % width) + 0.5;
    y += Math.floor(i / 4 / width) + 0.5;
  }
  const middle = [x / count, y / count];
  const projection = map.getView().getProjection();
  const wanted = map.getPixelFromCoordinate(ol.proj.fromLonLat(place, projection));
  return {
    count,
    others,
    offset: Math.hypot(middle[0] - wanted[0], middle[1] - wanted[1]),
    lonLat: ol.proj.toLonLat(map.getCoordinateFromPixel(middle), projection),
  };
}

/** The numbers that a layer of data shows in the middle of every `step`-th pixel: `[x, y, values]`, positions in the view's projection. */
function numbersOf(map, layer, step) {
  const found = [];
  for (let row = step; row < SIZE; row += step) {
    for (let column = step; column < SIZE; column += step) {
      const pixel = [column + 0.5, row + 0.5];
      const data = layer.getData(pixel);
      if (data !== null) found.push([...map.getCoordinateFromPixel(pixel), [...data]]);
    }
  }
  return found;
}

Object.assign(globalThis, { draw, locateRed, numbersOf });
