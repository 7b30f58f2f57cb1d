import assert from 'node:assert/strict';
import { type Case, type ConformanceTest, skip } from '../case.ts';
import { type Binding, BINDINGS, type TileWord } from './binding.ts';
import { beside, change, chooseOne, chooseTiles, type PlacedTile } from './choices.ts';
import { assertImage } from './image.ts';
import { type WmtsService, wmtsOf } from './service.ts';

const CLAUSE = 'OGC 07-057r7 §7.2';
const WORDS: readonly TileWord[] = ['layer', 'style', 'format', 'TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol'];
/** Parts that templates have as variables. */
const VARIABLES = new Set<TileWord>(['style', 'TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol']);

/** GetTile, by query and by path. */
export const tileTests: readonly ConformanceTest[] = BINDINGS.flatMap((binding) => [
  each(
    binding,
    'Mandatory',
    (service) => chooseTiles(service),
    async ({ choice }, service) => {
      await assertImage(await binding.tile(service, choice), choice.words.format ?? '');
    },
  ),
  { ...named(binding, 'Optional'), cases: async () => [{ name: 'dimensions', run: async () => skip('no layer has two dimensions') }] },
  ...missingAndInvalid(binding),
  ...outOfRange(binding),
  ...dimensions(binding),
  each(
    binding,
    'Valid.Tile.Format',
    (service) => service.layers.flatMap((layer) => layer.formats.map((format) => withFormat(service, layer.id, format))),
    async ({ choice }, service) => {
      await assertImage(await binding.tile(service, choice), choice.words.format ?? '');
    },
  ),
  each(
    binding,
    'Valid.Tile.Size',
    (service) => chooseTiles(service),
    async ({ choice, matrix }, service) => {
      const { width, height } = await assertImage(await binding.tile(service, choice), choice.words.format ?? '');
      assert.deepEqual([width, height], [matrix.tileWidth, matrix.tileHeight]);
    },
  ),
  each(
    binding,
    'Valid.Tile.Transparency',
    (service) => chooseTiles(service, 'image/png').filter(isSmallest).filter(isTransparent),
    async ({ choice }, service) => {
      const { transparent } = await assertImage(await binding.tile(service, choice), 'image/png');
      assert.notEqual(transparent, 0, 'no pixel is transparent');
    },
  ),
]);

function missingAndInvalid(binding: Binding): readonly ConformanceTest[] {
  const isKvp = binding.name === 'KVP.GET';
  const missing = WORDS.filter((word) => isKvp || VARIABLES.has(word));
  const invalid: readonly (readonly [name: string, word: TileWord])[] = [
    ['Invalid.Layer', 'layer'],
    ['Invalid.TileMatrixSet', 'TileMatrixSet'],
    ['Invalid.TileMatrix', 'TileMatrix'],
    ['Invalid.Tile.Style', 'style'],
    ...(isKvp ? [['Invalid.Tile.Format', 'format'] as const] : []),
  ];
  return [
    {
      ...named(binding, 'Missing'),
      cases: async (session) => {
        const service = await wmtsOf(session);
        return chooseOne(service).flatMap(({ name, choice }) =>
          missing.map((word) => ({
            name: `${name} without ${word}`,
            run: async () =>
              binding.refuses(await binding.tile(service, change(choice, { [word]: undefined })), 'MissingParameterValue', word),
          })),
        );
      },
    },
    ...invalid.map(([name, word]) =>
      each(binding, name, chooseOne, async ({ choice }, service) => {
        const bogus = word === 'format' ? 'image/bogus' : 'BOGUS';
        binding.refuses(await binding.tile(service, change(choice, { [word]: bogus })), 'InvalidParameterValue', word);
      }),
    ),
  ];
}

function outOfRange(binding: Binding): readonly ConformanceTest[] {
  const withLimits = (service: WmtsService): readonly PlacedTile[] => chooseTiles(service).filter(({ limits }) => limits !== undefined);
  return [
    each(binding, 'Invalid.Tile.Row.TileMatrixSetLimits', withLimits, async ({ choice, limits, matrix }, service) => {
      const row = beside(limits?.rows ?? [0, 0], matrix.height);
      binding.refuses(await binding.tile(service, change(choice, { TileRow: String(row) })), 'TileOutOfRange', 'TileRow');
    }),
    each(binding, 'Invalid.Tile.Col.TileMatrixSetLimits', withLimits, async ({ choice, limits, matrix }, service) => {
      const col = beside(limits?.cols ?? [0, 0], matrix.width);
      binding.refuses(await binding.tile(service, change(choice, { TileCol: String(col) })), 'TileOutOfRange', 'TileCol');
    }),
  ];
}

function dimensions(binding: Binding): readonly ConformanceTest[] {
  const withTime = (service: WmtsService): readonly PlacedTile[] =>
    chooseOne(service).filter(({ choice }) => choice.layer.dimensions.length > 0);
  const valued = ({ choice }: PlacedTile, value: string): PlacedTile['choice'] => ({
    ...choice,
    dimensions: Object.fromEntries(choice.layer.dimensions.map(({ id }) => [id, value])),
  });
  return [
    each(binding, 'Invalid.SampleDimension.Value', withTime, async (tile, service) => {
      binding.refuses(
        await binding.tile(service, valued(tile, 'BOGUS')),
        'InvalidParameterValue',
        tile.choice.layer.dimensions[0]?.id ?? '',
      );
    }),
    ...['Default', 'Current'].map((word) =>
      each(binding, `${word}.SampleDimension`, withTime, async (tile, service) => {
        await assertImage(await binding.tile(service, valued(tile, word.toLowerCase())), tile.choice.words.format ?? '');
      }),
    ),
  ];
}

/** A test with one case for each tile. */
function each(
  binding: Binding,
  name: string,
  choose: (service: WmtsService) => readonly PlacedTile[],
  run: (tile: PlacedTile, service: WmtsService) => Promise<void>,
): ConformanceTest {
  return {
    ...named(binding, name),
    cases: async (session): Promise<readonly Case[]> => {
      const service = await wmtsOf(session);
      return choose(service).map((tile) => ({ name: `${tile.name} as ${tile.choice.words.format ?? ''}`, run: () => run(tile, service) }));
    },
  };
}

function named(binding: Binding, method: string): Pick<ConformanceTest, 'suite' | 'group' | 'method' | 'clause'> {
  return { suite: 'wmts10', group: `Server.${binding.name}.GetTile`, method, clause: CLAUSE };
}

function withFormat(service: WmtsService, layer: string, format: string): PlacedTile {
  const found = chooseTiles(service, format).find(({ choice }) => choice.layer.id === layer);
  assert.ok(found !== undefined, `layer ${layer} has no tile`);
  return found;
}

/** A tile of the first matrix, where there is room around the data. */
function isSmallest({ choice, matrix }: PlacedTile, _: number, all: readonly PlacedTile[]): boolean {
  return all.find((tile) => tile.choice.layer === choice.layer)?.matrix === matrix;
}

/** The suite wants a layer that says so in its title, description or keywords. */
function isTransparent({ choice }: PlacedTile): boolean {
  return choice.layer.element.children.some(({ name, text }) => (name === 'Title' || name === 'Abstract') && /transparent/i.test(text));
}
