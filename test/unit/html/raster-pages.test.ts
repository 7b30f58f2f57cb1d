import { describe, expect, it } from 'vitest';
import { figure, percent, squareKilometres } from '../../../src/html/figure.ts';
import { histogram } from '../../../src/html/histogram.ts';
import { renderLegendPage } from '../../../src/html/legend-page.ts';
import { renderPointPage } from '../../../src/html/point-page.ts';
import { renderRasterMapPage } from '../../../src/html/raster-map-page.ts';
import { renderStatisticsPage } from '../../../src/html/statistics-page.ts';
import { renderValueCountPage } from '../../../src/html/value-count-page.ts';
import { renderHtmlFragment } from '../../../src/markup/render.ts';
import { pageAt } from './sample-documents.ts';
import { counts, legend, point, raster, statistics } from './sample-rasters.ts';

const of = { collection: raster, links: [] };

/** What a reader sees of a page: text between tags, white space as one. */
function text(html: string): string {
  return html
    .replaceAll(/<(script|title)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, '|')
    .replaceAll(/(\s*\|\s*)+/g, '|');
}

describe('figures', () => {
  it.each([
    [0, '0'],
    [-106.9910888671875, '\u2212106.9911'],
    [1 / 3, '0.3333333'],
    [9999, '9999'],
    [-1499337, '\u22121\u202f499\u202f337'],
    [1.0000000200408773e20, '1e20'],
    [-3.4028234663852886e38, '\u22123.402823e38'],
    [null, '–'],
  ])('%s reads %s', (value, expected) => {
    expect(figure(value)).toBe(expected);
  });

  it.each([
    [361_141_204_000_000, '361\u202f141\u202f204'],
    [2_500_000, '2.5'],
    [1234, '0.00123'],
  ])('%s m² are %s km²', (area, expected) => {
    expect(squareKilometres(area)).toBe(expected);
  });

  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.3366, '33.7 %'],
    [1, '100 %'],
  ])('the share %s is %s', (share, expected) => {
    expect(percent(share)).toBe(expected);
  });
});

describe('histogram', () => {
  it('draws bars as high as their counts, and lists what each holds', () => {
    const svg = renderHtmlFragment(histogram('b1', [10, 0, 40], [-100, -50, 0, 50]));
    const heights = [...svg.matchAll(/<rect[^>]* height="([\d.]+)"/g)].map(([, height]) => Number(height));
    expect(heights).toEqual([37.5, 0, 150]);
    expect(text(svg)).toContain('|From|To|Pixels|\u2212100|\u221250|10|\u221250|0|0|0|50|40|');
  });

  it('names the values of classes', () => {
    expect(text(renderHtmlFragment(histogram('b1', [3, 9], [11, 42])))).toContain('|Value|Pixels|11|3|42|9|');
  });
});

describe('statistics page', () => {
  const html = renderStatisticsPage(statistics, pageAt('/collections/r%2Fs/statistics', { expression: 'b1*2' }), of);

  it('has a row a band with percentiles between', () => {
    expect(text(html)).toContain('|\u2212106.9911|\u221260.25|59.5|0|0.3333333|12\u202f345|–|50 %|');
  });

  it('says how coarse it is, and leads to all pixels with the same question', () => {
    expect(text(html)).toContain('one pixel stands for 4 × 4');
    expect(html).toContain('statistics?expression=b1*2&amp;exact=true');
  });

  it('says so where there is no histogram', () => {
    expect(text(html)).toContain('There are no values to draw a histogram of.');
  });
});

describe('page of counted values', () => {
  const html = renderValueCountPage(counts, pageAt('/collections/r%2Fs/valuecount'), { ...of, colors: new Map([[1, '#ff0000']]) });

  it('shows the commonest first where there are too many, with colour, share and area', () => {
    expect(text(html)).toContain('The 200 commonest of 301 values');
    expect(html.match(/<tr>/g)).toHaveLength(201);
    expect(html).toContain('fill="#ff0000"');
    expect(text(html)).toContain('|999\u202f000|95.7 %|2500|');
  });

  it('says so where values were too many to be counted', () => {
    expect(text(html)).toContain('There are too many different values to count.');
  });
});

describe('page of values under a point', () => {
  it('has bands, then all times', () => {
    const shown = text(renderPointPage(point, pageAt('/collections/r%2Fs/point/-7.5,46'), of));
    expect(shown).toContain('Longitude \u22127.5°, latitude 46°.');
    expect(shown).toContain('|b1|\u22121.5|');
    expect(shown).toContain('|2002-01-01|\u22121.5|no data|2001-01-01T12:00:00Z|2|3|');
  });

  it('does not take eastings for degrees', () => {
    const html = renderPointPage(point, pageAt('/collections/r%2Fs/point/-7.5,46', { coord_crs: 'EPSG:3857' }), of);
    expect(text(html)).toContain('At \u22127.5, 46.');
    expect(html).not.toContain('See the place on the map');
  });
});

describe('legend page', () => {
  it('shows the picture of the same look, and what each colour means', () => {
    const page = pageAt('/collections/r%2Fs/legend', { colormap_name: 'viridis', f: 'html' });
    const html = renderLegendPage(legend, page, { ...of, picture: (f) => `https://example.org/legend?f=${f}` });
    expect(html).toContain('src="legend?colormap_name=viridis&amp;f=svg"');
    expect(text(html)).toContain('|#00ff0080|2 to 5|2 to 5|');
    expect(text(html)).toContain('|#0000ff|from 5|more|');
    expect(html).toContain('fill="#00ff00" fill-opacity="0.5"');
  });
});

describe('map of a raster', () => {
  const map = { title: 'Heights', path: '/collections/r%2Fs', crumbs: [], collection: raster };
  const at = pageAt('/collections/r%2Fs/map/tiles/WebMercatorQuad/map.html');
  const html = renderRasterMapPage(map, at);

  it('offers every band, colour map and algorithm that fits', () => {
    expect(html.match(/name="bidx"/g)).toHaveLength(4);
    expect(html).toContain('value="viridis"');
    expect(html).toContain('data-parameter="azimuth"');
    expect(html).toContain('<option value="normalizedIndex">');
    const [first] = raster.bands;
    const single = renderRasterMapPage({ ...map, collection: { ...raster, bands: first === undefined ? [] : [first] } }, at);
    expect(single).not.toContain('name="bidx"');
    expect(single).not.toContain('<option value="normalizedIndex">');
  });

  it('offers times newest first, or an interval where they are too many', () => {
    const times = { first: '2001-01-01T00:00:00Z', last: '2002-01-01T00:00:00Z' };
    const instants = [times.first, times.last];
    expect(renderRasterMapPage({ ...map, times: { ...times, instants } }, at)).toMatch(/2002-01-01T00:00:00Z"[\s\S]*2001-01-01T00:00:00Z"/);
    expect(renderRasterMapPage({ ...map, times: { ...times, instants: undefined } }, at)).toContain('placeholder="2001-01-01/2002-01-01"');
    expect(html).not.toContain('name="datetime"');
  });

  it('sleeps and says so until scripts run', () => {
    expect(html).toMatch(/<fieldset class="look-all" disabled/);
    expect(text(html)).toContain('The look can be chosen here when scripts are on.');
  });
});
