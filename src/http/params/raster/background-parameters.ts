import { cannotParse } from '../../../base/cannot-parse.ts';
import type { Rgba } from '../../../color/class-color.ts';
import { parseWebColor } from '../../../color/web-color.ts';
import type { Parameter } from '../../parameter.ts';
import { booleanParameter } from '../scalar.ts';

/** Values of `backgroundParameters`. */
export interface BackgroundInput {
  readonly bgcolor?: Rgba | undefined;
  readonly transparent?: boolean | undefined;
  readonly voidColor?: Rgba | undefined;
  readonly voidTransparent?: boolean | undefined;
}

/** What lies where a map shows nothing (OGC 20-058 §11). */
export const backgroundParameters: { readonly [K in keyof Required<BackgroundInput>]: Parameter<BackgroundInput[K]> } = {
  bgcolor: colorParameter('bgcolor', 'Colour of what has no data'),
  transparent: booleanParameter({
    name: 'transparent',
    doc: 'Whether what has no data is transparent: true without `bgcolor`, false with it.',
  }),
  voidColor: colorParameter('void-color', 'Colour of what lies outside the area of the CRS, as `bgcolor` unless given'),
  voidTransparent: booleanParameter({
    name: 'void-transparent',
    doc: 'Whether what lies outside the area of the CRS is transparent: as `transparent` unless given.',
  }),
};

/** What lies under a picture: a colour, or nothing. */
export interface Background {
  /** Undefined: transparent. */
  readonly data: Rgba | undefined;
  readonly outside: Rgba | undefined;
}

const WHITE: Rgba = [255, 255, 255, 255];

/** The background that a request asks for; `void-…` follow the others (OGC 20-058 §11.4). */
export function backgroundOf(input: BackgroundInput): Background {
  const transparent = input.transparent ?? input.bgcolor === undefined;
  const voidTransparent = input.voidTransparent ?? (input.voidColor === undefined ? transparent : false);
  return {
    data: transparent ? undefined : (input.bgcolor ?? WHITE),
    outside: voidTransparent ? undefined : (input.voidColor ?? input.bgcolor ?? WHITE),
  };
}

function colorParameter(name: string, doc: string): Parameter<Rgba | undefined> {
  return {
    name,
    in: 'query',
    doc: `${doc}: \`0xRRGGBB\`, \`RRGGBB\`, with opacity first \`0xAARRGGBB\`, or a W3C colour name.`,
    schema: { type: 'string' },
    parse(raw) {
      if (raw === undefined) return undefined;
      const color = parseWebColor(raw);
      if (color === undefined) throw cannotParse(name, raw, 'expected 0xRRGGBB, RRGGBB or a W3C colour name');
      return color;
    },
  };
}
