import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { Answer } from '../request.ts';

/** Fails unless an answer is a picture of a media type; gives its size and how many of its pixels are transparent. */
export async function assertImage(
  answer: Answer,
  mediaType: string,
): Promise<{ readonly width: number; readonly height: number; readonly transparent: number }> {
  assert.equal(answer.status, 200, `${answer.url} answered ${answer.status}`);
  assert.equal(answer.headers['content-type'], mediaType);
  const { format } = await sharp(answer.body).metadata();
  assert.equal(`image/${format}`, mediaType);
  const { data, info } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  let transparent = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] === 0) transparent += 1;
  return { width: info.width, height: info.height, transparent };
}
