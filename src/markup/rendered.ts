/** Where markup that has been written stands; only `renderXmlPart` writes some. */
export const RENDERED: unique symbol = Symbol('rendered');

/** A part of an XML document that is markup already. */
export interface Rendered {
  readonly [RENDERED]: string;
}
