import { loadSharp } from './sharp.ts';

/** Pixels an inch at which a length of 1 in an SVG document is one pixel. */
const PLAIN_DENSITY = 72;

/** Draws an SVG document as PNG, `scale` times as large as it says it is. */
export async function rasterizeSvg(svg: string, scale: number): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg), { density: PLAIN_DENSITY * scale })
    .png({ palette: true, colours: 256, dither: 0 })
    .toBuffer();
}
