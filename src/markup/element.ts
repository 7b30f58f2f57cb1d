import type { Rendered } from './rendered.ts';

/** Values of attributes; `undefined` and `false` leave the attribute out, `true` writes it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What an element may hold. Text and numbers are escaped when rendered; `undefined` and `false` are nothing. */
export type Child = Element | Rendered | string | number | undefined | false | readonly Child[];

/** One element of an XML or HTML tree: plain data until it is rendered, so there is no way to slip markup in as text. */
export interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}

const NAME = /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/;

/**
 * Makes an element from a literal name and attributes.
 * @throws Error when a name could not stand in markup: a mistake of ours, names never come from data.
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Element {
  for (const word of [name, ...Object.keys(attributes)]) {
    if (!NAME.test(word)) throw new Error(`Cannot write "${word}" as a name in markup`);
  }
  return { name, attributes, children };
}
