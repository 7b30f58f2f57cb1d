import type { Picture } from './picture.ts';
import { pngChunk, writePng } from './png-chunks.ts';

/** Writes an indexed PNG of eight bits a pixel (ISO/IEC 15948), with tRNS where the palette is not opaque. */
export async function writeIndexedPng({ width, height, indices, palette }: Extract<Picture, { kind: 'indexed' }>): Promise<Buffer> {
  return writePng({ width, height, depth: 8, colorType: 3 }, indices.subarray(0, width * height), paletteChunks(palette));
}

/** PLTE, and tRNS up to the last entry that is not opaque. */
function paletteChunks(palette: Uint8Array): readonly Buffer[] {
  const entries = palette.length / 4;
  const colors = new Uint8Array(entries * 3);
  const alphas = new Uint8Array(entries);
  let translucent = 0;
  for (let i = 0; i < entries; i += 1) {
    for (let c = 0; c < 3; c += 1) colors[i * 3 + c] = palette[i * 4 + c] ?? 0;
    alphas[i] = palette[i * 4 + 3] ?? 255;
    if (alphas[i] !== 255) translucent = i + 1;
  }
  const chunks = [pngChunk('PLTE', colors)];
  if (translucent > 0) chunks.push(pngChunk('tRNS', alphas.subarray(0, translucent)));
  return chunks;
}
