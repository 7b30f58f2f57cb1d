import fc from 'fast-check';
import { expect, it } from 'vitest';
import { element, type Child, type Element } from '../../../src/markup/element.ts';
import { renderHtmlFragment, renderXml } from '../../../src/markup/render.ts';
import { RENDERED } from '../../../src/markup/rendered.ts';

/** A tree without what rendering may change: lists flattened, neighbouring texts joined, nothing empty. */
interface Plain {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Plain | string)[];
}

const names = fc.constantFrom('p', 'div', 'x-y', 'ns:z');
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((value) => /^[^\p{C}]*$/u.test(value));
const attributes = fc.dictionary(fc.constantFrom('id', 'title', 'data-a', 'xml:lang'), text, { maxKeys: 3 });

const { tree } = fc.letrec<{ tree: Element; child: Child }>((tie) => ({
  tree: fc
    .tuple(names, attributes, fc.array(tie('child'), { maxLength: 4 }))
    .map(([name, values, children]) => element(name, values, ...children)),
  child: fc.oneof({ depthSize: 'small' }, text, tie('tree'), fc.array(tie('child'), { maxLength: 3 }), fc.constant(undefined)),
}));

it('a tree comes back from its markup as it was, in HTML and in XML', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const plain = simplify(root);
      expect(parse(renderHtmlFragment(root))).toEqual(plain);
      expect(
        parse(
          renderXml(root)
            .replace(/^<\?xml[^>]*\?>\n/, '')
            .trimEnd(),
        ),
      ).toEqual(plain);
    }),
    { numRuns: 1000 },
  );
});

function simplify(root: Element): Plain {
  const children: (Plain | string)[] = [];
  const add = (child: Child): void => {
    if (child === undefined || child === false) return;
    if (typeof child === 'object' && RENDERED in child) throw new Error('Expected a tree without written parts');
    if (typeof child === 'object' && 'name' in child) children.push(simplify(child));
    else if (typeof child === 'object') child.forEach(add);
    else if (typeof children.at(-1) === 'string') children.push(`${String(children.pop())}${child}`);
    else children.push(String(child));
  };
  root.children.forEach(add);
  return {
    name: root.name,
    attributes: Object.fromEntries(Object.entries(root.attributes).map(([key, value]) => [key, String(value)])),
    children,
  };
}

/** Reads well-formed markup with quoted attributes; anything else throws. */
function parse(markup: string): Plain {
  const tokens = markup.match(/<[^>]*>|[^<]+/g) ?? [];
  expect(tokens.join('')).toBe(markup);
  let at = 0;
  const read = (): Plain => {
    const [, name = '', rest = '', closed] = /^<([\w:-]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>$/.exec(tokens[at] ?? '') ?? [];
    expect(name).not.toBe('');
    at += 1;
    const children: (Plain | string)[] = [];
    while (closed === '' && tokens[at] !== `</${name}>`) {
      const token = tokens[at] ?? '';
      expect(token).not.toBe('');
      if (token.startsWith('<')) children.push(read());
      else {
        children.push(unescape(token));
        at += 1;
      }
    }
    if (closed === '') at += 1;
    const pairs = [...rest.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescape(value)]);
    return { name, attributes: Object.fromEntries(pairs), children };
  };
  const root = read();
  expect(at).toBe(tokens.length);
  return root;
}

function unescape(value: string): string {
  return value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
