import type { SampleType } from '../sample-type.ts';
import type { ValueBand } from '../values.ts';
import type { Tag } from './directory.ts';
import type { CodecTags } from './tile-codec.ts';

/** One image of a file: its pixels cut into equal tiles, counted row by row. */
export interface TiledImage {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Of the whole resolution, reduced, or saying which pixels of one of these have data. */
  readonly role: 'full' | 'reduced' | 'mask' | 'reduced-mask';
}

/** What the samples of an image mean. */
export interface SampleFacts {
  readonly type: SampleType;
  readonly bands: readonly Pick<ValueBand, 'color'>[];
}

const SUBFILE_TYPE = { full: 0, reduced: 1, mask: 4, 'reduced-mask': 5 } as const;
const SAMPLE_FORMAT = { unsigned: 1, signed: 2, float: 3 } as const;
const GRAY = 1;
const RGB = 2;
const TRANSPARENCY_MASK = 4;
const UNSPECIFIED = 0;
const UNASSOCIATED_ALPHA = 2;

/** The tags of an image of numbers or colours, without those of its tiles' places (TIFF 6.0 §8, §15). */
export function valueTags(image: TiledImage, { type, bands }: SampleFacts, codec: CodecTags): readonly Tag[] {
  const isColored = type.kind === 'unsigned' && type.bytes <= 2 && ['red', 'green', 'blue'].every((color, i) => bands[i]?.color === color);
  const extra = bands.slice(isColored ? 3 : 1).map(({ color }) => (color === 'alpha' ? UNASSOCIATED_ALPHA : UNSPECIFIED));
  const predictor: readonly Tag[] = codec.predictor === 1 ? [] : [{ id: 317, type: 'short', values: [codec.predictor] }];
  return [
    ...sizeTags(image),
    { id: 258, type: 'short', values: bands.map(() => type.bytes * 8) },
    { id: 259, type: 'short', values: [codec.compression] },
    { id: 262, type: 'short', values: [isColored ? RGB : GRAY] },
    { id: 277, type: 'short', values: [bands.length] },
    { id: 284, type: 'short', values: [1] },
    ...predictor,
    ...(extra.length === 0 ? [] : [{ id: 338, type: 'short', values: extra } as const]),
    { id: 339, type: 'short', values: bands.map(() => SAMPLE_FORMAT[type.kind]) },
  ];
}

/** The tags of a mask of one bit a pixel, 1 where there is data. */
export function maskTags(image: TiledImage, codec: CodecTags): readonly Tag[] {
  return [
    ...sizeTags(image),
    { id: 258, type: 'short', values: [1] },
    { id: 259, type: 'short', values: [codec.compression] },
    { id: 262, type: 'short', values: [TRANSPARENCY_MASK] },
    { id: 277, type: 'short', values: [1] },
    { id: 284, type: 'short', values: [1] },
  ];
}

/** The tags of where each tile begins and how long it is. */
export function tileTags(offsets: readonly number[], lengths: readonly number[]): readonly Tag[] {
  return [
    { id: 324, type: 'offset', values: offsets },
    { id: 325, type: 'long', values: lengths },
  ];
}

/** Tiles across and down. */
export function tileCounts({ width, height, tileWidth, tileHeight }: TiledImage): { readonly across: number; readonly down: number } {
  return { across: Math.ceil(width / tileWidth), down: Math.ceil(height / tileHeight) };
}

function sizeTags(image: TiledImage): readonly Tag[] {
  return [
    { id: 254, type: 'long', values: [SUBFILE_TYPE[image.role]] },
    { id: 256, type: 'long', values: [image.width] },
    { id: 257, type: 'long', values: [image.height] },
    { id: 322, type: 'long', values: [image.tileWidth] },
    { id: 323, type: 'long', values: [image.tileHeight] },
  ];
}
