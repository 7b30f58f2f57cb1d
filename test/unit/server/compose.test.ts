import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/http/block.ts';
import { route } from '../../../src/http/route.ts';
import { compose } from '../../../src/server/compose.ts';

function block(
  id: string,
  facts: { readonly requires?: readonly string[]; readonly path?: string; readonly conformsTo?: readonly string[] } = {},
): Block {
  const representations = [{ f: 'json', mediaType: 'application/json', conformsTo: [`${id}-json`], encode: () => ({ content: '' }) }];
  return {
    id,
    spec: '',
    conformsTo: facts.conformsTo ?? [id],
    requires: facts.requires ?? [],
    mount: () => ({
      routes: [
        route({
          id: `${id}.one`,
          path: facts.path ?? `/${id}`,
          summary: '',
          tag: '',
          parameters: {},
          representations,
          run: async () => undefined,
        }),
      ],
    }),
  };
}

describe('compose', () => {
  it('claims what is mounted and what its encodings earn, each once', () => {
    expect(compose([block('a'), block('b', { conformsTo: ['a', 'b'] })]).conformsTo).toEqual(['a', 'b', 'a-json', 'b-json']);
  });

  it('fails at start when a required block is missing or two routes collide', () => {
    expect(() => compose([block('a', { requires: ['z'] })])).toThrow('Block a needs block z');
    expect(() => compose([block('a', { path: '/x' }), block('b', { path: '/x' })])).toThrow('Two routes answer GET /x');
    expect(() => compose([block('a'), block('a')])).toThrow('Two routes have the id a.one');
  });
});
