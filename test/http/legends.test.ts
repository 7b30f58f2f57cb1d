import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { serveTables } from '../support/served-tables.ts';

/** Rasters of 16 × 16 cells of one WebMercatorQuad tile at zoom 10 each, so that a tile shows cell by cell. */
const CELL = 40_075_016.68557849 / 1024 / 16;

const raster = (name: string, type: string, value: string, nodata = 'null'): string =>
  `create table ${name} (rid int primary key, rast raster);
   insert into ${name} select 1, st_mapalgebra(st_addband(st_makeemptyraster(16, 16, 0, 0, ${CELL}, -${CELL}, 0, 0, 3857), '${type}'::text, 0, ${nodata}), 1, '${type}', '${value}');
   create index on ${name} using gist (st_convexhull(rast));
   select addrasterconstraints('${name}'::name, 'rast'::name);`;

const server = serveTables(`${raster('heights', '32BF', '(16 * ([rast.y] - 1) + [rast.x] - 1)')}
     ${raster('cover', '8BUI', '[rast.x]')}
     comment on table cover is '{"title": "Land cover", "bands": [{"title": "Class", "classes": [
       {"value": 1, "label": "Water", "color": "#1f6fb4"}, {"value": 2, "label": "Wood"}]}]}';
     comment on table heights is '{"title": "Heights", "bands": [{"title": "Height", "unit": "m"}]}';
     ${raster('ranks', '16BSI', '[rast.x] - 5')}
     ${raster('wetness', '8BUI', '[rast.x]')}
     comment on table wetness is '{"bands": [{"kind": "rank-ordered"}]}';
     create schema graticule;
     create table graticule.legend (collection text, band text, value float8, min float8, max float8, label text, color text);
     insert into graticule.legend values
       ('ranks', '1', null, null, 0, 'Below', '#0000ff'), ('ranks', 'b1', null, 0, 5, 'Middle', null), ('ranks', null, null, 5, null, 'Above', '#ff0000'),
       ('nothing', '1', 3, null, null, 'Nobody', '#123456'), ('ranks', '1', null, 9, 2, 'Turned', '#123456');
     grant usage on schema graticule to public;
     grant select on graticule.legend to public;
     create table public.points (id int primary key, geom geometry(Point, 4326))`);
const { get } = server;

interface LegendJson {
  readonly title: string;
  readonly unit?: string;
  readonly kind: string;
  readonly entries: readonly {
    readonly value?: number;
    readonly min?: number;
    readonly max?: number;
    readonly label: string;
    readonly color: string;
  }[];
  readonly gradient?: { readonly min: number; readonly max: number; readonly colors: readonly string[] };
}

async function legend(query: string): Promise<LegendJson> {
  const answer = await get(`/collections/${query}`);
  expect(answer.status, answer.body.toString()).toBe(200);
  return JSON.parse(answer.body.toString());
}

/** The colours of the cells of the one tile that holds a whole raster, by column and row. */
async function cells(collection: string, query: string): Promise<(column: number, row: number) => string> {
  const answer = await get(
    `/collections/${collection}/map?bbox=0,${-16 * CELL},${16 * CELL},0&bbox-crs=EPSG:3857&crs=EPSG:3857&width=64&height=64&resampling=nearest&f=png${query}`,
  );
  expect(answer.status, answer.body.toString()).toBe(200);
  const { data } = await sharp(answer.body).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return (column, row) => {
    const at = ((row * 4 + 2) * 64 + column * 4 + 2) * 4;
    return `#${data.subarray(at, at + 3).toString('hex')}`;
  };
}

describe('legends', () => {
  test.each([
    '',
    '&colormap_name=viridis',
    '&colormap_name=RdYlGn_r&rescale=10,200',
    '&rescale=10,200&color_formula=gamma%20RGB%201.5',
    '&colormap_name=turbo&rescale=0,255&enhance_contrast=1.4&enhance_color=0.5',
    `&colormap=${encodeURIComponent('[[0,"#000080"],[100,"#ffffff"],[255,"#800000"]]')}`,
    `&colormap=${encodeURIComponent('{"continuous":true,"from":[255,0,0],"over":[0,255,0],"to":[0,0,255],"range":[0,200]}')}`,
    `&colormap=${encodeURIComponent('{"10":"#ff0000","20":[0,255,0]}')}`,
    `&colormap=${encodeURIComponent('[[[0,50],"#ff0000"],[[50,256],[0,255,0]]]')}&enhance_brightness=0.5`,
    '&expression=b1*2&colormap_name=magma&rescale=min,max',
  ])('have the colours that the values have in the picture: %s', async (query) => {
    const { entries, gradient } = await legend(`heights/legend?${query.slice(1)}`);
    const colorOf = await cells('heights', query);
    expect(entries.length).toBeGreaterThan(1);
    const factor = query.includes('b1*2') ? 2 : 1;
    for (const { value, color } of entries) {
      const cell = (value ?? 0) / factor;
      if (value !== undefined && Number.isInteger(cell) && cell < 256) expect(colorOf(cell % 16, Math.floor(cell / 16))).toBe(color);
    }
    if (gradient !== undefined) expect(gradient.colors.length).toBe(256);
  });

  test('name unit and title of the band', async () => {
    expect(await legend('heights/legend')).toMatchObject({ title: 'Heights: Height', unit: 'm', kind: 'gradient' });
  });

  test('tell what is computed in the language in which it was asked for', async () => {
    expect((await legend('heights/legend?expression=b1**2')).title).toBe('Heights: b1 ** 2');
    expect((await legend('heights/legend?formula=b1^2')).title).toBe('Heights: b1 ^ 2');
  });

  test('have the names that a comment gives to classes', async () => {
    const { kind, entries } = await legend('cover/legend');
    expect(kind).toBe('classes');
    expect(entries.slice(0, 2).map(({ label }) => label)).toEqual(['Water', 'Wood']);
    const colorOf = await cells('cover', '');
    for (const { value = 0, color } of entries) expect(colorOf(value - 1, 3)).toBe(color);
  });

  test('have the names and colours of intervals in the table of legends', async () => {
    const { kind, entries } = await legend('ranks/legend');
    expect(kind).toBe('classes');
    expect(entries.map(({ label, min, max }) => [label, min, max])).toEqual([
      ['Below', undefined, 0],
      ['Middle', 0, 5],
      ['Above', 5, undefined],
    ]);
    const colorOf = await cells('ranks', '');
    expect([0, 3, 4, 8, 9, 15].map((column) => colorOf(column, 7))).toEqual([0, 0, 1, 1, 2, 2].map((n) => entries[n]?.color));
    expect([entries[0]?.color, entries[2]?.color]).toEqual(['#0000ff', '#ff0000']);
  });

  test('draw ranks in order when a comment says that values are ranks', async () => {
    const { entries } = await legend('wetness/legend');
    expect(entries.map(({ value }) => value)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect([entries[0]?.color, entries[15]?.color]).toEqual(['#440154', '#fde724']);
    expect((await cells('wetness', ''))(15, 2)).toBe('#fde724');
  });

  test('of that table are listed beside the colour maps, also those of no collection', async () => {
    const listed = JSON.parse((await get('/colorMaps')).body.toString());
    expect(listed.legends).toMatchObject([
      { id: 'ranks', kind: 'intervals', source: 'legend-table' },
      { id: 'nothing', kind: 'values', source: 'legend-table' },
    ]);
    const [item, preview] = listed.legends[0].links;
    expect(await (await fetch(item.href)).json()).toMatchObject({
      title: 'ranks',
      kind: 'classes',
      entries: [{ label: 'Below', max: 0, color: '#0000ff' }, { label: 'Middle' }, { label: 'Above', min: 5, color: '#ff0000' }],
    });
    expect((await fetch(preview.href)).headers.get('content-type')).toBe('image/png');
    expect((await get('/colorMaps?f=html')).body.toString()).toContain('>ranks</a> – colours of intervals');
    expect((await get('/legends/ranks?f=html')).body.toString()).toContain('legend=ranks');
    expect((await get('/legends/nobody')).status).toBe(404);
  });

  test('of that table colour any other raster by their name', async () => {
    const colorOf = await cells('heights', '&legend=RANKS');
    const { entries } = await legend('ranks/legend');
    expect([colorOf(0, 0), colorOf(4, 0), colorOf(5, 0), colorOf(3, 9)]).toEqual([1, 1, 2, 2].map((n) => entries[n]?.color));
  });

  test('their table is told as what it is, not as left out', async () => {
    const { findings } = Object(await (await fetch(`${server.adminRoot}/catalog`)).json());
    const own = findings.filter(({ relation }: { readonly relation: string }) => relation === 'graticule.legend');
    expect(own).toContainEqual({
      level: 'read',
      relation: 'graticule.legend',
      code: 'legends',
      message: 'It has the legends of 2 bands of rasters in 5 rows',
    });
    expect(own).not.toContainEqual(expect.objectContaining({ level: 'left-out' }));
  });

  test('a row of that table that makes no sense is told to the operator', async () => {
    const answer = await fetch(`${server.adminRoot}/catalog?explain`);
    expect(await answer.text()).toContain('Row 5 of the legends is left out');
  });

  test('are SVG and PNG too, as large as asked for', async () => {
    const svg = await get('/collections/cover/legend?f=svg');
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.body.toString()).toContain('>Water</text>');
    const [one, two] = await Promise.all(['1', '2'].map((ratio) => get(`/collections/cover/legend?f=png&pixel-ratio=${ratio}`)));
    const [small, large] = await Promise.all([one, two].map((answer) => sharp(answer?.body).metadata()));
    expect([large?.width, large?.height]).toEqual([2 * (small?.width ?? 0), 2 * (small?.height ?? 0)]);
    expect(two?.headers['content-type']).toBe('image/png');
  });

  test('say what is wrong', async () => {
    const detailOf = async (query: string): Promise<readonly unknown[]> => {
      const answer = await get(`/collections/${query}`);
      return [answer.status, answer.body.toString()];
    };
    expect(await detailOf('heights/legend?colormap_name=nope')).toEqual([400, expect.stringContaining('colormap_name')]);
    expect(await detailOf('heights/legend?bidx=9')).toEqual([400, expect.stringContaining('9')]);
    expect(await detailOf('heights/legend?pixel-ratio=9')).toEqual([400, expect.stringContaining('pixel-ratio')]);
    expect(await detailOf('points/legend')).toEqual([404, expect.any(String)]);
    expect(await detailOf('nothing/legend')).toEqual([404, expect.any(String)]);
  });

  test('are linked from rasters only', async () => {
    const relations = async (id: string): Promise<readonly string[]> => {
      const answer = await get(`/collections/${id}?f=json`);
      const document: { readonly links: readonly { readonly rel: string }[] } = JSON.parse(answer.body.toString());
      return document.links.map(({ rel }) => rel).filter((rel) => rel.endsWith('/legend'));
    };
    expect(await relations('heights')).toHaveLength(1);
    expect(await relations('points')).toHaveLength(0);
  });
});

describe('colour maps', () => {
  test('are listed with links that work', async () => {
    const answer = await get('/colorMaps?f=json');
    const { colormaps }: { readonly colormaps: readonly { readonly id: string; readonly links: readonly { readonly href: string }[] }[] } =
      JSON.parse(answer.body.toString());
    expect(colormaps.length).toBe(230);
    const viridis = colormaps.find(({ id }) => id === 'viridis');
    for (const { href } of viridis?.links ?? []) expect((await get(href.slice(server.root.length))).status).toBe(200);
    expect((await get('/colorMaps?f=html')).body.toString()).toContain('colormap_name');
  });

  test('are 256 colours, as TiTiler has them', async () => {
    const document: Readonly<Record<string, readonly number[]>> = JSON.parse((await get('/colorMaps/viridis?f=json')).body.toString());
    expect(Object.keys(document).length).toBe(256);
    expect([document['0'], document['255']]).toEqual([
      [68, 1, 84, 255],
      [253, 231, 36, 255],
    ]);
  });

  test('are strips of a size, in both directions', async () => {
    const sizeOf = async (query: string): Promise<readonly unknown[]> => {
      const { width, height } = await sharp((await get(`/colorMaps/magma?f=png${query}`)).body).metadata();
      return [width, height];
    };
    expect(await sizeOf('')).toEqual([256, 20]);
    expect(await sizeOf('&orientation=vertical')).toEqual([20, 256]);
    expect(await sizeOf('&width=100&height=7')).toEqual([100, 7]);
    expect((await get('/colorMaps/magma?f=svg')).headers['content-type']).toBe('image/svg+xml');
    expect((await get('/colorMaps/magma?f=html')).body.toString()).toContain('magma_r');
  });

  test('refuse what is not there or too large', async () => {
    expect((await get('/colorMaps/nope')).status).toBe(404);
    expect((await get('/colorMaps/magma?orientation=up')).status).toBe(400);
    expect((await get('/colorMaps/magma?f=png&width=0')).status).toBe(400);
    expect((await get('/colorMaps/magma?f=png&width=100000')).status).toBe(413);
  });
});
