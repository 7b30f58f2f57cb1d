import sharp from 'sharp';

/** The number of colours in a picture, each band rounded to 16 steps: a blank one has a handful at most. */
export async function countColours(picture: Buffer): Promise<number> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colours = new Set<number>();
  for (let i = 0; i + 2 < data.length; i += info.channels) {
    colours.add(((data[i] ?? 0) >> 4) * 256 + ((data[i + 1] ?? 0) >> 4) * 16 + ((data[i + 2] ?? 0) >> 4));
  }
  return colours.size;
}
