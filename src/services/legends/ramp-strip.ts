import type { RampMap } from '../../color/color-map.ts';
import { formatColor } from '../../color/parse-color.ts';
import type { Picture } from '../../image/picture.ts';
import { element as h } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';

/** A strip that shows a ramp from its first colour at the left or at the top to its last; sizes in pixels. */
export interface RampStrip {
  readonly map: RampMap;
  readonly orientation: 'horizontal' | 'vertical';
  readonly width: number;
  readonly height: number;
}

const COLORS = 256;

/** The strip as a picture of the ramp's own colours. */
export function drawRampStrip({ map, orientation, width, height }: RampStrip): Picture {
  const indices = new Uint8Array(width * height);
  const placeOf = (at: number, length: number): number => Math.floor(((at + 0.5) * COLORS) / length);
  for (let y = 0; y < height; y += 1) {
    if (orientation === 'vertical') indices.fill(placeOf(y, height), y * width, (y + 1) * width);
    else for (let x = 0; x < width; x += 1) indices[y * width + x] = placeOf(x, width);
  }
  return { kind: 'indexed', width, height, indices, palette: map.colors };
}

/** The strip as an SVG document: one rectangle for each run of one colour. */
export function rampStripSvg({ map, orientation, width, height }: RampStrip): string {
  const isVertical = orientation === 'vertical';
  const rectangles = runsOf(map).map(({ from, length, fill }) =>
    h('rect', isVertical ? { y: from, width: 1, height: length, fill } : { x: from, width: length, height: 1, fill }),
  );
  return renderXml(
    h(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height,
        viewBox: isVertical ? `0 0 1 ${COLORS}` : `0 0 ${COLORS} 1`,
        preserveAspectRatio: 'none',
        'shape-rendering': 'crispEdges',
      },
      rectangles,
    ),
  );
}

interface Run {
  readonly from: number;
  length: number;
  readonly fill: string;
}

function runsOf({ colors }: RampMap): readonly Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < COLORS; i += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = colors.subarray(i * 4, i * 4 + 4);
    const fill = formatColor([red, green, blue, alpha]);
    const last = runs.at(-1);
    if (last?.fill === fill) last.length += 1;
    else runs.push({ from: i, length: 1, fill });
  }
  return runs;
}
