import assert from 'node:assert/strict';
import { type Case, type ConformanceTest, skip } from '../case.ts';
import { assertStatus } from '../request.ts';
import { type Binding, BINDINGS, type InfoChoice, type TileWord } from './binding.ts';
import { beside, change, chooseOne, chooseTiles, infoOf, middle, type PlacedTile } from './choices.ts';
import { type WmtsService, wmtsOf } from './service.ts';

const CLAUSE = 'OGC 07-057r7 §7.3';
const TILE_WORDS: readonly TileWord[] = ['layer', 'style', 'format', 'TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol'];
const INFO_WORDS = ['InfoFormat', 'J', 'I'] as const;
const VARIABLES = new Set<string>(['style', 'TileMatrixSet', 'TileMatrix', 'TileRow', 'TileCol', 'J', 'I']);

/** GetFeatureInfo, by query and by path. */
export const infoTests: readonly ConformanceTest[] = BINDINGS.flatMap((binding) => {
  const isKvp = binding.name === 'KVP.GET';
  return [
    each(binding, 'Mandatory', chooseTiles, (choice, service) => answers(binding, choice, service)),
    { ...named(binding, 'Optional'), cases: async () => [{ name: 'dimensions', run: async () => skip('no layer has two dimensions') }] },
    missing(binding),
    ...invalid(binding),
    ...dimensions(binding),
    ...(isKvp
      ? [
          {
            ...named(binding, 'NonQueryable.Layer'),
            cases: async () => [{ name: 'layers', run: async () => skip('every layer can be queried') }],
          },
          each(binding, 'Invalid.InfoFormat', chooseOne, async (choice, service) => {
            binding.refuses(
              await binding.info(service, withInfo(choice, { InfoFormat: 'image/bogus' })),
              'InvalidParameterValue',
              'InfoFormat',
            );
          }),
        ]
      : []),
    {
      ...named(binding, 'Valid.InfoFormat'),
      cases: async (session): Promise<readonly Case[]> => {
        const service = await wmtsOf(session);
        return chooseOne(service).flatMap((tile) =>
          tile.choice.layer.infoFormats.map((format) => ({
            name: `${tile.name} as ${format}`,
            run: () => answers(binding, infoOf(tile, format), service),
          })),
        );
      },
    },
    ...(['Row.J', 'Col.I'] as const).map((name) =>
      each(binding, `Invalid.Pixel.${name}`, chooseOne, async (choice, service) => {
        const locator = name === 'Row.J' ? 'J' : 'I';
        // The suite compares the code of tiles; the standard has one for pixels, which the same report has to hold.
        const answer = await binding.info(service, withInfo(choice, { [locator]: '100000' }));
        binding.refuses(answer, 'TileOutOfRange', locator);
        binding.refuses(answer, 'PointIJOutOfRange', locator);
      }),
    ),
  ];
});

function missing(binding: Binding): ConformanceTest {
  const words = [...TILE_WORDS, ...INFO_WORDS].filter((word) => binding.name === 'KVP.GET' || VARIABLES.has(word));
  return {
    ...named(binding, 'Missing'),
    cases: async (session) => {
      const service = await wmtsOf(session);
      return chooseOne(service).flatMap((tile) =>
        words.map((word) => ({
          name: `${tile.name} without ${word}`,
          run: async () => {
            const choice = infoOf(tile, middle(tile.choice.layer.infoFormats));
            const less = isTileWord(word) ? change(choice, { [word]: undefined }) : withInfo(choice, { [word]: undefined });
            binding.refuses(await binding.info(service, less), 'MissingParameterValue', word);
          },
        })),
      );
    },
  };
}

function invalid(binding: Binding): readonly ConformanceTest[] {
  const words: readonly (readonly [name: string, word: TileWord])[] = [
    ['Invalid.Layer', 'layer'],
    ['Invalid.TileMatrixSet', 'TileMatrixSet'],
    ['Invalid.TileMatrix', 'TileMatrix'],
    ['Invalid.Tile.Style', 'style'],
  ];
  const withLimits = (service: WmtsService): readonly PlacedTile[] => chooseTiles(service).filter(({ limits }) => limits !== undefined);
  return [
    ...words.map(([name, word]) =>
      each(binding, name, chooseOne, async (choice, service) => {
        binding.refuses(await binding.info(service, change(choice, { [word]: 'BOGUS' })), 'InvalidParameterValue', word);
      }),
    ),
    each(binding, 'Invalid.Tile.Row.TileMatrixSetLimits', withLimits, async (choice, service, { limits, matrix }) => {
      const row = beside(limits?.rows ?? [0, 0], matrix.height);
      binding.refuses(await binding.info(service, change(choice, { TileRow: String(row) })), 'TileOutOfRange', 'TileRow');
    }),
    each(binding, 'Invalid.Tile.Col.TileMatrixSetLimits', withLimits, async (choice, service, { limits, matrix }) => {
      const col = beside(limits?.cols ?? [0, 0], matrix.width);
      binding.refuses(await binding.info(service, change(choice, { TileCol: String(col) })), 'TileOutOfRange', 'TileCol');
    }),
  ];
}

function dimensions(binding: Binding): readonly ConformanceTest[] {
  const withTime = (service: WmtsService): readonly PlacedTile[] =>
    chooseOne(service).filter(({ choice }) => choice.layer.dimensions.length > 0);
  const valued = (choice: InfoChoice, value: string): InfoChoice => ({
    ...choice,
    dimensions: Object.fromEntries(choice.layer.dimensions.map(({ id }) => [id, value])),
  });
  return [
    each(binding, 'Invalid.SampleDimension.Value', withTime, async (choice, service) => {
      binding.refuses(await binding.info(service, valued(choice, 'BOGUS')), 'InvalidParameterValue', choice.layer.dimensions[0]?.id ?? '');
    }),
    ...['Default', 'Current'].map((word) =>
      each(binding, `${word}.SampleDimension`, withTime, (choice, service) =>
        answers(binding, valued(choice, word.toLowerCase()), service),
      ),
    ),
  ];
}

/** A test with one case for each tile, at its middle pixel. */
function each(
  binding: Binding,
  name: string,
  choose: (service: WmtsService) => readonly PlacedTile[],
  run: (choice: InfoChoice, service: WmtsService, tile: PlacedTile) => Promise<void>,
): ConformanceTest {
  return {
    ...named(binding, name),
    cases: async (session): Promise<readonly Case[]> => {
      const service = await wmtsOf(session);
      return choose(service).map((tile) => ({
        name: tile.name,
        run: () => run(infoOf(tile, middle(tile.choice.layer.infoFormats)), service, tile),
      }));
    },
  };
}

async function answers(binding: Binding, choice: InfoChoice, service: WmtsService): Promise<void> {
  const answer = await binding.info(service, choice);
  assertStatus(answer, 200);
  assert.equal(answer.headers['content-type'], choice.info.InfoFormat);
  assert.notEqual(answer.body.length, 0, 'the answer is empty');
}

function withInfo(choice: InfoChoice, info: Partial<InfoChoice['info']>): InfoChoice {
  return { ...choice, info: { ...choice.info, ...info } };
}

function isTileWord(word: string): word is TileWord {
  return TILE_WORDS.some((one) => one === word);
}

function named(binding: Binding, method: string): Pick<ConformanceTest, 'suite' | 'group' | 'method' | 'clause'> {
  return { suite: 'wmts10', group: `Server.${binding.name}.GetFeatureInfo`, method, clause: CLAUSE };
}
