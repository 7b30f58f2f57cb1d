import { element, type Element } from '../markup/element.ts';
import { renderXml } from '../markup/render.ts';
import { loadSharp } from './sharp.ts';
import { strokeTexts } from './stroke-texts.ts';

/** Pixels an inch at which a length of 1 in an SVG document is one pixel. */
const PLAIN_DENSITY = 72;

let fonts: Promise<boolean> | undefined;

/** Draws an SVG tree as PNG, `scale` times as large as it says it is. Machines without fonts get their texts as strokes. */
export async function rasterizeSvg(root: Element, scale: number): Promise<Uint8Array> {
  fonts ??= hasFonts();
  const drawing = (await fonts) ? root : strokeTexts(root);
  const sharp = await loadSharp();
  return sharp(Buffer.from(renderXml(drawing)), { density: PLAIN_DENSITY * scale })
    .png({ palette: true, colours: 256, dither: 0 })
    .toBuffer();
}

/** Whether texts are drawn as more than empty boxes: in every font an i is narrower than a W. */
async function hasFonts(): Promise<boolean> {
  const sharp = await loadSharp();
  const [narrow = 0, wide = 0] = await Promise.all(
    ['iiii', 'WWWW'].map(async (word) => {
      const text = element('text', { x: 10, y: 40, 'font-size': 20, 'font-family': 'sans-serif' }, word);
      const svg = renderXml(element('svg', { xmlns: 'http://www.w3.org/2000/svg', width: 200, height: 60 }, text));
      const { data, info } = await sharp(Buffer.from(svg)).extractChannel(3).raw().toBuffer({ resolveWithObject: true });
      return data.reduce((most, ink, i) => (ink > 0 ? Math.max(most, i % info.width) : most), 0);
    }),
  );
  return narrow > 0 && wide > narrow * 1.2;
}
