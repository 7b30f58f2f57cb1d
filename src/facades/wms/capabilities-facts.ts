import type { Contact } from '../../base/contact.ts';
import type { LayerGroup } from './layer-tree.ts';

/** What a capabilities document says, whatever its version. */
export interface CapabilitiesFacts {
  readonly title: string;
  readonly contact: Contact;
  /** Absolute URL of the landing page without a trailing slash. */
  readonly root: string;
  /** Absolute URL of the service, without a question mark. */
  readonly endpoint: string;
  readonly sequence: number;
  /** Width and height of a map at most, in pixels. */
  readonly maxSide: number;
  readonly groups: readonly LayerGroup[];
  collectionUrl(id: string): string;
  legendUrl(id: string, style: string): string;
}
