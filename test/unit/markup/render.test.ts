import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element as h } from '../../../src/markup/element.ts';
import { renderHtml, renderHtmlFragment, renderXml, renderXmlPart } from '../../../src/markup/render.ts';

const HOSTILE = `</title><script>alert("1")</script> & 'x' \u2028 \u0000 \ud800`;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#9': '\t',
  '#10': '\n',
  '#13': '\r',
};

function unescape(text: string): string {
  return text.replace(/&([^;]+);/g, (_, name: string) => ENTITIES[name] ?? `[unknown ${name}]`);
}

/** What a text becomes once all that no document can carry has been replaced. */
function carried(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the characters under test
  return Buffer.from(text)
    .toString()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('text and attributes', () => {
  it('come back from the parser as they were, whatever they hold', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, value) => {
        const html = renderHtmlFragment(h('p', { title: value }, text));
        const match = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(html);
        expect(match).not.toBeNull();
        expect(unescape(match?.[1] ?? '')).toBe(carried(value));
        expect(unescape(match?.[2] ?? '')).toBe(carried(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('never open or close an element', () => {
    expect(renderHtmlFragment(h('p', { title: HOSTILE }, HOSTILE)).match(/<[^>]*>/g)).toHaveLength(2);
  });

  it('half surrogates and control characters become U+FFFD', () => {
    expect(renderHtmlFragment('a\ud800b\udc00c\u0000d\u001be')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
    expect(renderHtmlFragment('\ud83c\udf0d')).toBe('\ud83c\udf0d');
  });

  it('undefined and false are nothing, lists are flattened, numbers are text', () => {
    expect(renderHtmlFragment(h('p', { hidden: false, id: undefined, draggable: true }, [1, [undefined, 'a'], false]))).toBe(
      '<p draggable>1a</p>',
    );
  });
});

describe('HTML', () => {
  it('begins with its doctype', () => {
    expect(renderHtml(h('html', { lang: 'en' }))).toBe('<!doctype html>\n<html lang="en"></html>\n');
  });

  it('void elements have no end tag and take no content', () => {
    expect(renderHtmlFragment(h('br'))).toBe('<br>');
    expect(() => renderHtmlFragment(h('br', {}, 'x'))).toThrow('void element');
  });

  it('script and style take no content, because no escaping works there', () => {
    expect(renderHtmlFragment(h('script', { src: 'a.js' }))).toBe('<script src="a.js"></script>');
    expect(() => renderHtmlFragment(h('script', {}, 'alert(1)'))).toThrow('do not unescape');
    expect(() => renderHtmlFragment(h('STYLE', {}, 'p{}'))).toThrow('do not unescape');
  });

  it('a line feed at the beginning of pre survives the parser', () => {
    expect(renderHtmlFragment(h('pre', {}, '\na'))).toBe('<pre>\n\na</pre>');
  });
});

describe('XML', () => {
  it('has a declaration, closes empty elements and writes true in full', () => {
    expect(renderXml(h('a:root', { 'xmlns:a': 'urn:x', ok: true }, h('b'), h('c', {}, 'ä<')))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a:root xmlns:a="urn:x" ok="ok"><b/><c>ä&lt;</c></a:root>\n',
    );
  });

  it('keeps white space of attributes through normalisation', () => {
    expect(renderXml(h('a', { b: 'x\n\ty\r' }))).toContain('b="x&#10;&#9;y&#13;"');
  });
});

describe('a part of an XML document that was written beforehand', () => {
  const part = h('Layer', { id: HOSTILE }, h('Title', {}, HOSTILE), h('Empty'));

  it('stands where the element would, as it would', () => {
    expect(renderXml(h('Root', {}, [renderXmlPart(part), 'text', renderXmlPart(part)]))).toBe(renderXml(h('Root', {}, part, 'text', part)));
  });

  it('is none of a page', () => {
    expect(() => renderHtml(h('html', {}, renderXmlPart(part)))).toThrow('XML');
  });
});

describe('names', () => {
  it('that could not stand in markup are refused', () => {
    for (const name of ['', 'a b', 'a>', '1a', 'on"x']) expect(() => h(name)).toThrow('as a name in markup');
    expect(() => h('p', { 'a=b': 1 })).toThrow('as a name in markup');
  });
});

describe('a DTD', () => {
  it('stands before the root element', () => {
    expect(renderXml(h('root'), 'http://example.org/a.dtd')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE root SYSTEM "http://example.org/a.dtd">\n<root/>\n',
    );
    expect(() => renderXml(h('root'), 'a"b')).toThrow('DTD');
  });
});
