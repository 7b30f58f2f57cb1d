// What the viewer shows, kept in the address: `#show=roads,rivers&at=7.25/47.1/8.5` (zoom, latitude, longitude).

/** Reads the address; `fit` without `at` means: go where the named collections are. */
export function readPlace() {
  const parts = Object.fromEntries(
    location.hash
      .slice(1)
      .split('&')
      .map((part) => part.split('=')),
  );
  const show = (parts.show ?? '')
    .split(',')
    .filter((id) => id !== '')
    .map(decode);
  const [zoom, lat, lon] = (parts.at ?? '').split('/').map(Number);
  const at = [zoom, lat, lon].every(Number.isFinite) ? { zoom, center: [lon, lat] } : undefined;
  return { show, at };
}

/** Writes the address without adding to the history. */
export function writePlace(map, shown) {
  const { lng, lat } = map.getCenter();
  const at = [map.getZoom().toFixed(2), lat.toFixed(5), lng.toFixed(5)].join('/');
  history.replaceState(null, '', `#show=${shown.map(encodeURIComponent).join(',')}&at=${at}`);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
