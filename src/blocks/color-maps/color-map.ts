import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import type { RampMap } from '../../color/color-map.ts';
import { colorMapFamily, namedColorMap } from '../../color/named-color-map.ts';
import { renderColorMapPage } from '../../html/color-map-pages.ts';
import { html } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { choiceParameter, integerParameter } from '../../http/params/scalar.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute, Representation } from '../../http/route.ts';
import { encodePicture } from '../../image/encode.ts';
import type { PictureFormat } from '../../image/picture.ts';
import type { ColorMapDocument } from '../../model/rasters.ts';
import { drawRampStrip, rampStripSvg, type RampStrip } from '../../services/legends/ramp-strip.ts';

/** A named map and the strip that shows it. */
interface NamedStrip extends RampStrip {
  readonly id: string;
}

const LONG = 256;
const SHORT = 20;
const LARGEST = 2048;

/** One named colour map: its colours, or a strip of them. */
export function colorMapRoute(): MountedRoute {
  const side = (name: string, long: string, short: string): ReturnType<typeof integerParameter> =>
    integerParameter(
      { name, doc: `Pixels of the strip: ${LONG} when ${long}, ${SHORT} when ${short} by default.` },
      { minimum: 1, limit: LARGEST },
    );
  return route({
    id: 'colorMaps.one',
    path: '/colorMaps/{colorMapId}',
    summary: 'One colour map, as numbers or as a strip',
    tag: 'Colour maps',
    parameters: {
      colorMapId: pathText('colorMapId', 'Name of the colour map; `_r` at the end turns it round.'),
      orientation: choiceParameter({ name: 'orientation', doc: 'Where the strip runs to: right (default) or down.' }, [
        'horizontal',
        'vertical',
      ]),
      width: side('width', 'horizontal', 'vertical'),
      height: side('height', 'vertical', 'horizontal'),
    },
    representations: [
      {
        f: 'json',
        mediaType: MEDIA.json,
        schema: 'colorMap',
        encode: ({ map }: NamedStrip) => ({ content: JSON.stringify(colorMapDocument(map)) }),
      },
      html((strip: NamedStrip, page) => renderColorMapPage({ id: strip.id, family: colorMapFamily(strip.id) }, page)),
      picture('png'),
      { f: 'svg', mediaType: MEDIA.svg, encode: (strip: NamedStrip) => ({ content: rampStripSvg(strip) }) },
      picture('jpeg', ['jpg']),
      picture('webp'),
    ],
    async run({ colorMapId, orientation = 'horizontal', width, height }) {
      const id = colorMapId.toLowerCase();
      const map = namedColorMap(id);
      if (map === undefined) throw new AppError('NOT_FOUND', { detail: `There is no colour map "${colorMapId}": /colorMaps lists them` });
      const isVertical = orientation === 'vertical';
      return { id, map, orientation, width: width ?? (isVertical ? SHORT : LONG), height: height ?? (isVertical ? LONG : SHORT) };
    },
  });
}

function picture(f: PictureFormat, aliases: readonly string[] = []): Representation<NamedStrip> {
  return {
    f,
    mediaType: MEDIA[f],
    aliases,
    encode: async (strip) => ({ content: (await encodePicture(drawRampStrip(strip), f)).bytes }),
  };
}

function colorMapDocument({ colors }: RampMap): ColorMapDocument {
  return Object.fromEntries(
    Array.from({ length: colors.length / 4 }, (_, i) => {
      const [red = 0, green = 0, blue = 0, alpha = 0] = colors.subarray(i * 4, i * 4 + 4);
      return [String(i), [red, green, blue, alpha] as const];
    }),
  );
}
