import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generateModel } from '../../../schemas/generate-model.ts';
import { printDeclaration } from '../../../schemas/print-type.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const generated = generateModel(`${root}schemas`);

test('src/model is what its generator writes: else run `npm run generate`', () => {
  expect(readdirSync(`${root}src/model`).sort()).toEqual([...generated.keys()].sort());
  for (const [name, text] of generated) expect(readFileSync(`${root}src/model/${name}`, 'utf8') === text, name).toBe(true);
});

test('the generated validators import nothing', () => {
  expect(generated.get('validators.ts')).not.toMatch(/require\(|^import/m);
});

test('types print nullable, tuples, literals, dictionaries and awkward names', () => {
  const schema = {
    type: 'object',
    description: 'A thing.',
    required: ['source-layer'],
    properties: {
      'source-layer': { type: 'string', nullable: true },
      pair: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
      kind: { type: 'string', enum: ['a', "b's"] },
      map: { type: 'object', additionalProperties: { $ref: 'other' } },
      list: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
      any: {},
    },
  };
  expect(printDeclaration('Thing', schema, (name) => name.toUpperCase())).toBe(`/** A thing. */
export interface Thing {
  readonly 'source-layer': string | null;
  readonly pair?: readonly [number, number];
  readonly kind?: 'a' | 'b\\'s';
  readonly map?: Readonly<Record<string, OTHER>>;
  readonly list?: ReadonlyArray<string | number>;
  readonly any?: unknown;
}
`);
});
