import type { Attributes, Child, Element } from './element.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { RENDERED, type Rendered } from './rendered.ts';

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** Elements whose text an HTML parser does not unescape: they must stay empty. */
const RAW_TEXT = new Set(['script', 'style', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext', 'xmp']);

/** A parser drops the first line feed inside these (HTML §13.2.6.4.7), so one is spent on it. */
const DROPS_LINE_FEED = new Set(['pre', 'textarea', 'listing']);

type Syntax = 'html' | 'xml';

/** An HTML document with its doctype. */
export function renderHtml(root: Element): string {
  return `<!doctype html>\n${renderHtmlFragment(root)}\n`;
}

/** HTML of a subtree, for tests and for documents that embed it. */
export function renderHtmlFragment(child: Child): string {
  const out: string[] = [];
  write(child, 'html', out);
  return out.join('');
}

/** An XML 1.0 document in UTF-8 with its declaration, and with the address of its DTD where its standard has one. */
export function renderXml(root: Element, dtd?: string): string {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  // A system literal knows no references (XML 1.0 §4.2.2): what it cannot hold is a mistake of ours, addresses never come from data.
  if (dtd !== undefined && /["<>\s]/.test(dtd)) throw new Error(`Cannot write "${dtd}" as the address of a DTD`);
  if (dtd !== undefined) out.push(`<!DOCTYPE ${root.name} SYSTEM "${dtd}">\n`);
  write(root, 'xml', out);
  out.push('\n');
  return out.join('');
}

/** A part of an XML document, written beforehand: a long document can be made in several turns. */
export function renderXmlPart(element: Element): Rendered {
  const out: string[] = [];
  writeXml(element, out);
  return { [RENDERED]: out.join('') };
}

function write(child: Child, syntax: Syntax, out: string[]): void {
  if (child === undefined || child === false) return;
  if (typeof child === 'string') out.push(escapeText(child));
  else if (typeof child === 'number') out.push(String(child));
  else if (isList(child)) for (const part of child) write(part, syntax, out);
  else if (RENDERED in child) {
    if (syntax === 'html') throw new Error('Cannot write a part of an XML document into HTML');
    out.push(child[RENDERED]);
  } else if (syntax === 'xml') writeXml(child, out);
  else writeHtml(child, out);
}

function writeXml(element: Element, out: string[]): void {
  out.push('<', element.name, attributes(element.attributes, 'xml'));
  const content: string[] = [];
  for (const child of element.children) write(child, 'xml', content);
  if (content.length === 0) out.push('/>');
  else out.push('>', content.join(''), '</', element.name, '>');
}

function writeHtml(element: Element, out: string[]): void {
  const name = element.name.toLowerCase();
  out.push('<', element.name, attributes(element.attributes, 'html'), '>');
  const start = out.length;
  if (DROPS_LINE_FEED.has(name)) out.push('\n');
  const filled = out.length;
  for (const child of element.children) write(child, 'html', out);
  const empty = out.length === filled;
  if (VOID.has(name)) {
    if (!empty) throw new Error(`Cannot write content into the void element "${name}"`);
    return;
  }
  if (RAW_TEXT.has(name) && !empty) throw new Error(`Cannot write content into "${name}": parsers do not unescape it`);
  if (empty) out.length = start;
  out.push('</', element.name, '>');
}

function attributes(values: Attributes, syntax: Syntax): string {
  let text = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === false) continue;
    if (value === true) text += syntax === 'html' ? ` ${name}` : ` ${name}="${name}"`;
    else text += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return text;
}

/** `Array.isArray` alone does not narrow read-only arrays. */
function isList(child: Element | Rendered | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}
