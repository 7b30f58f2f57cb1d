import { describe, expect, it } from 'vitest';
import { attachment } from '../../../src/base/content-disposition.ts';

describe('attachment', () => {
  it.each([
    ['geoid', 'tif', 'attachment; filename="geoid.tif"'],
    ['odd.pixel_8bui', 'asc', 'attachment; filename="odd.pixel_8bui.asc"'],
    ['Höhe (m)/2', 'npy', `attachment; filename="H_he_m_2.npy"; filename*=UTF-8''H%C3%B6he%20%28m%29%2F2.npy`],
    [`a"b'c*`, 'tif', `attachment; filename="a_b_c_.tif"; filename*=UTF-8''a%22b%27c%2A.tif`],
  ])('of %s.%s', (name, extension, header) => {
    expect(attachment(name, extension)).toBe(header);
  });
});
