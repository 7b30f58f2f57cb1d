import type { Bbox } from '../base/bbox.ts';
import { element as h, type Element } from '../markup/element.ts';
import type { PageContext } from './page-context.ts';
import { relativeUrl } from './relative-url.ts';

/** What a map in a page shows; addresses are absolute. */
export interface MapBox {
  /** Read out for the map by screen readers. */
  readonly label: string;
  /** A MapLibre style. */
  readonly style?: string | undefined;
  /** GeoJSON features. */
  readonly geojson?: string | undefined;
  readonly bbox?: Bbox | undefined;
  /** Stays on `bbox` instead of going to the features. */
  readonly stay?: boolean;
  /** Offers to search again where the map was moved to; needs a page that understands `bbox`. */
  readonly searchArea?: boolean;
}

/** The place of a map that `page.js` fills when it comes into view. */
export function mapBox(page: PageContext, box: MapBox): Element {
  const url = (address: string | undefined): string | undefined => (address === undefined ? undefined : relativeUrl(page, address));
  return h(
    'div',
    {
      class: 'map-box',
      role: 'region',
      'aria-label': box.label,
      'data-map': true,
      'data-style': url(box.style),
      'data-geojson': url(box.geojson),
      'data-bbox': box.bbox?.join(','),
      'data-stay': box.stay,
      'data-search-area': box.searchArea,
    },
    h('p', { class: 'map-note' }, 'The map appears here when scripts are on.'),
  );
}
