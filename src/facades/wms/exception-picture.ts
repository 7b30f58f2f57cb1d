import { composePictures, type Canvas } from '../../image/compose.ts';
import { decodeRgba } from '../../image/decode.ts';
import type { Picture } from '../../image/picture.ts';
import { rasterizeSvg } from '../../image/svg.ts';
import { element } from '../../markup/element.ts';
import { wrapText } from '../../services/legends/text-width.ts';

const [FONT, LINE, MARGIN] = [12, 16, 4];

/** A picture that says what is wrong (OGC 06-042 §7.3.3.11, INIMAGE): black on its background, as much as there is room for. */
export async function exceptionPicture(text: string, canvas: Canvas): Promise<Picture> {
  const { width, height } = canvas;
  const lines = wrapText(text, FONT, width - 2 * MARGIN).slice(0, Math.ceil(height / LINE));
  const drawing = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': "'DejaVu Sans', Verdana, sans-serif", 'font-size': FONT },
    lines.map((line, i) => element('text', { x: MARGIN, y: MARGIN + FONT + i * LINE }, line)),
  );
  const { data } = await decodeRgba(await rasterizeSvg(drawing, 1));
  return composePictures([{ kind: 'rgba', width, height, data }], canvas);
}
