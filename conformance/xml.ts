/** An element of a document as the tests read it: names without prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text of the element itself, without that of its children. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly text: string[];
}

/**
 * Reads a well-formed document with a single root; declarations, comments and the DOCTYPE are passed over.
 * @throws Error where tags do not match
 */
export function parseXml(document: string): XmlElement {
  const root: Open = { name: '', attributes: {}, children: [], text: [] };
  const open: Open[] = [root];
  for (const [, comment, cdata, tag, text] of document.matchAll(
    /(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)|<!\[CDATA\[(.*?)\]\]>|<([^>]+)>|([^<]+)/gs,
  )) {
    if (comment !== undefined) continue;
    if (tag === undefined) open.at(-1)?.text.push(cdata ?? unescape(text ?? ''));
    else if (tag.startsWith('/')) close(open, localName(tag.slice(1).trim()));
    else {
      open.push({ name: localName(/^[^\s/]+/.exec(tag)?.[0] ?? ''), attributes: attributesOf(tag), children: [], text: [] });
      if (tag.endsWith('/')) close(open, localName(/^[^\s/]+/.exec(tag)?.[0] ?? ''));
    }
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || only === undefined || more.length > 0)
    throw new Error('The document is not well-formed: it has no single root element');
  return only;
}

/** Children of a name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The only child of a name. @throws Error where there is none or more than one */
export function childOf(element: XmlElement, name: string): XmlElement {
  const [child, ...more] = childrenOf(element, name);
  if (child === undefined || more.length > 0)
    throw new Error(`${element.name} has ${more.length + (child === undefined ? 0 : 1)} ${name}, expected 1`);
  return child;
}

/** Text of the first child of a name; undefined where there is none. */
export function textOfChild(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text.trim();
}

/** Every element below, at any depth, of a name. */
export function descendantsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)]);
}

function close(open: Open[], name: string): void {
  const closed = open.pop();
  if (closed === undefined || closed.name !== name)
    throw new Error(`The document is not well-formed: </${name}> ends <${closed?.name ?? ''}>`);
  open.at(-1)?.children.push({ ...closed, text: closed.text.join('') });
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const pairs = [...tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name = '', double, single]) => [localName(name), unescape(double ?? single ?? '')]));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name ?? ''] ?? whole;
  });
}
