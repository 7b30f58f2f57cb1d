import type { Attributes, Element } from '../../markup/element.ts';
import type { LayerBoxes } from '../../services/maps/layer-boxes.ts';
import type { CapabilitiesFacts } from './capabilities-facts.ts';
import type { LayerAxis } from './layer-tree.ts';
import type { WmsVersion } from './wms-version.ts';

/** What a version of the standard says in its own words; all else of the capabilities is the same in both. */
export interface Dialect {
  readonly version: WmsVersion;
  /** Name and attributes of the outermost element. */
  readonly root: string;
  readonly namespaces: Attributes;
  /** Undefined: the document is described by a schema. */
  readonly dtd: string | undefined;
  /** Media types of the document, the first unless a client wants another. */
  readonly mediaTypes: readonly [string, ...string[]];
  readonly serviceName: string;
  readonly exceptions: readonly string[];
  readonly crsElement: string;
  /** Names that only this version has for CRSs of the whole world. */
  readonly ownCrs: readonly string[];
  /** Operations of the Styled Layer Descriptor profile. */
  readonly describeLayer: string;
  readonly getLegendGraphic: string;
  onlineResource(href: string): Element;
  /** What the service draws at most. */
  limits(facts: CapabilitiesFacts): readonly Element[];
  boxes(boxes: LayerBoxes): readonly Element[];
  axes(axes: readonly LayerAxis[]): readonly Element[];
  /** Undefined where the version has no way to say it. */
  metadataUrl(href: string): Element | undefined;
  legendUrl(href: string): Element | undefined;
}
