const LABELS: Readonly<Record<string, string>> = {
  'application/json': 'JSON',
  'application/geo+json': 'GeoJSON',
  'application/schema+json': 'JSON Schema',
  'application/problem+json': 'JSON',
  'application/vnd.oai.openapi+json': 'OpenAPI',
  'application/vnd.mapbox.style+json': 'MapLibre style',
  'application/vnd.mapbox-vector-tile': 'Vector tile',
  'text/html': 'HTML',
  'text/csv': 'CSV',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'image/svg+xml': 'SVG',
  'image/tiff': 'GeoTIFF',
  'application/vnd.cov+json': 'CoverageJSON',
  'application/xml': 'XML',
  'text/xml': 'XML',
};

/** A short name of a media type for people; parameters are left out, unknown types stay as they are. */
export function mediaLabel(mediaType: string): string {
  const [plain = mediaType] = mediaType.split(';');
  return LABELS[plain.trim().toLowerCase()] ?? mediaType;
}
