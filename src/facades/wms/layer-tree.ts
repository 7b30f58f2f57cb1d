import type { Drawable } from '../../services/maps/drawable.ts';
import { nativeCrs } from '../../services/maps/layer-boxes.ts';
import { namedAxes } from '../../services/maps/named-axes.ts';
import { DEFAULT_STYLE, offeredStyles, type PictureStyle } from '../../services/maps/picture-styles.ts';

/** A layer that can be asked for. */
export interface LayerFacts {
  readonly drawable: Drawable;
  /** CRSs besides those that all layers have. */
  readonly ownCrs: readonly string[];
  /** Styles that its group does not say for all of its layers. */
  readonly ownStyles: readonly PictureStyle[];
}

/** Layers of one kind: where they have many styles, these are said once and inherited (OGC 06-042 §7.2.4.8). */
export interface LayerGroup {
  readonly title: string;
  readonly styles: readonly PictureStyle[];
  readonly layers: readonly LayerFacts[];
}

/** CRSs in which every layer is offered by name; any other that PROJ knows answers too. */
export const COMMON_CRS: readonly string[] = [
  'EPSG:4326',
  'EPSG:3857',
  'EPSG:4258',
  'EPSG:3035',
  'EPSG:25832',
  'EPSG:25833',
  'EPSG:2154',
  'EPSG:27700',
  'EPSG:2056',
  'EPSG:5070',
  'EPSG:3978',
  'EPSG:2193',
];

/** So many styles can stand at each layer. */
const FEW_STYLES = 4;

/**
 * The layers by the styles that they share, in the order of the catalogue; first those with the most styles, as the official
 * suite asks the first layer of all for inherited styles.
 */
export function groupLayers(drawables: readonly Drawable[]): readonly LayerGroup[] {
  const byStyles = new Map<readonly PictureStyle[], LayerFacts[]>();
  for (const drawable of drawables) {
    const styles = offeredStyles(drawable.collection);
    const layers = byStyles.get(styles) ?? [];
    byStyles.set(styles, layers);
    const own = nativeCrs(drawable.collection.srid);
    layers.push({
      drawable,
      ownCrs: own === undefined || COMMON_CRS.includes(own) ? [] : [own],
      ownStyles: [DEFAULT_STYLE, ...(styles.length <= FEW_STYLES ? styles : [])],
    });
  }
  const groups = [...byStyles].toSorted(([a], [b]) => b.length - a.length);
  return groups.map(([styles, layers]) => ({
    title: styles.some(({ look }) => look.colorMap !== undefined) ? 'Rasters of one band' : 'Rasters of several bands',
    styles: styles.length <= FEW_STYLES ? [] : styles,
    layers,
  }));
}

/** An axis of a layer as the standard lists it (OGC 06-042 annex C). */
export interface LayerAxis {
  readonly name: string;
  readonly units: string;
  readonly values: string;
  /** What is shown of it unless something is asked for: everything. */
  readonly usual: string;
  /** `current` names the newest. */
  readonly hasCurrent: boolean;
}

/** The axes of a layer: time and further columns of its table. */
export function layerAxes(drawable: Drawable): readonly LayerAxis[] {
  const further = namedAxes(drawable).map(({ name, values, first, last, isOrdered }): LayerAxis => {
    const whole = first === last ? first : `${first}/${last}`;
    const usual = isOrdered ? whole : (values ?? []).join(',');
    return { name, units: '', values: values === undefined ? `${first}/${last}/0` : values.join(','), usual, hasCurrent: false };
  });
  return [...timeAxis(drawable), ...further];
}

function timeAxis({ times }: Drawable): readonly LayerAxis[] {
  if (times === undefined) return [];
  const { first, last, instants, unit } = times;
  const usual = first === last ? first : `${first}/${last}`;
  const values = instants === undefined ? `${first}/${last}/${unit === 'day' ? 'P1D' : 'PT1S'}` : instants.join(',');
  return [{ name: 'time', units: 'ISO8601', values, usual, hasCurrent: true }];
}
