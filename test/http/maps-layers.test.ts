import { describe, expect, test } from 'vitest';
import { pixelsOf, serveTables, type Pixels } from '../support/served-tables.ts';

// Maps of several collections: the picture is that of all of them over one another, whatever is left out on the way there.

/** A raster of degrees, each band of one value. */
const plain = (name: string, [west, north, width, height]: readonly number[], values: readonly number[]): string =>
  `create table ${name} (rid int primary key, rast raster);
   insert into ${name} select 1, st_addband(st_makeemptyraster(${width}, ${height}, ${west}, ${north}, 1, -1, 0, 0, 4326), array[
     ${values.map((value, n) => `row(${n + 1}, '8BUI', ${value}, null)`).join(', ')}]::addbandarg[]);`;

const TABLES = ['ground', 'haze', 'mist', 'dot', 'roof', 'hidden', 'far'];
const server = serveTables(
  [
    plain('ground', [-60, 30, 40, 20], [10, 20, 30]),
    plain('haze', [-60, 30, 25, 20], [200, 0, 0, 128]),
    plain('mist', [-50, 25, 30, 10], [0, 0, 250, 77]),
    plain('dot', [-45, 22, 2, 2], [0, 255, 0]),
    plain('roof', [-70, 40, 60, 40], [90, 80, 70]),
    plain('hidden', [-55, 25, 10, 10], [1, 2, 3]),
    plain('far', [100, 25, 10, 10], [4, 5, 6]),
    `select addrasterconstraints(t, 'rast'::name) from unnest(array['${TABLES.join("', '")}']::name[]) t;
     create table shape (id int primary key, geom geometry(Polygon, 4326));
     insert into shape values (1, 'SRID=4326;POLYGON((-55 16,-44 16,-44 30,-55 16))')`,
  ].join('\n'),
);
const { get } = server;

const mapOf = async (collections: readonly string[], query = 'bbox=-65,5,-15,35&width=100&height=60'): Promise<Pixels> =>
  pixelsOf(await get(`/map?f=png&collections=${collections.join(',')}&${query}`));

/** One colour over another on straight alpha, in bytes (Porter and Duff 1984, §4). */
function over(above: readonly number[], below: readonly number[]): readonly number[] {
  const [alpha, under] = [above[3] ?? 0, below[3] ?? 0];
  const rest = (under * (255 - alpha)) / 255;
  if (alpha + rest === 0) return [0, 0, 0, 0];
  const colors = [0, 1, 2].map((c) => Math.round(((above[c] ?? 0) * alpha + (below[c] ?? 0) * rest) / (alpha + rest)));
  return [...colors, Math.round(alpha + rest)];
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

const visible = (pixel: readonly number[]): readonly number[] => (pixel[3] === 0 ? [0, 0, 0, 0] : pixel);

describe('collections over one another', () => {
  test('are each over those before it, in every order', async () => {
    const names = ['ground', 'haze', 'mist', 'dot'];
    const alone = new Map(await Promise.all(names.map(async (name) => [name, await mapOf([name])] as const)));
    for (const order of permutations(names)) {
      const map = await mapOf(order);
      const wrong: string[] = [];
      for (let row = 0; row < 60; row += 1) {
        for (let column = 0; column < 100; column += 1) {
          const expected = order.reduce<readonly number[]>(
            (below, name) => over(visible(alone.get(name)?.at(column, row) ?? []), below),
            [0, 0, 0, 0],
          );
          const found = visible(map.at(column, row));
          if (String(found) !== String(expected)) wrong.push(`${column} ${row}: ${String(found)} instead of ${String(expected)}`);
        }
      }
      expect(wrong.slice(0, 3), order.join()).toEqual([]);
    }
  });

  test.each([
    'enhance_sharpness=2',
    'return_mask=false',
    'bgcolor=0xFF0000',
    'clip=shape/1',
    'orientation=20',
    'bidx=1&algorithm=hillshade',
  ])('are not changed by one that lies elsewhere: %s', async (query) => {
    const where = `bbox=-65,5,-15,35&width=100&height=60&${encodeURI(query)}`;
    const [pair, trio] = [await mapOf(['hidden', 'dot'], where), await mapOf(['hidden', 'far', 'dot'], where)];
    for (let i = 0; i < 6000; i += 7) {
      const [column, row] = [i % 100, Math.floor(i / 100)];
      expect(visible(trio.at(column, row)), `${column} ${row}`).toEqual(visible(pair.at(column, row)));
    }
  });

  test('are not read where they are hidden, or lie elsewhere', async () => {
    await mapOf(TABLES, 'bbox=-65,5,115,35&width=180');
    await server.database.query('begin; lock table hidden, far in access exclusive mode');
    try {
      const map = await mapOf(['hidden', 'far', 'dot', 'roof', 'mist'], 'bbox=-65,5,-15,35&width=50&height=30');
      expect(map.at(3, 3)).toEqual([90, 80, 70, 255]);
      expect(map.at(25, 15)).toEqual(over([0, 0, 250, 77], [90, 80, 70, 255]));
      const tile = await pixelsOf(await get('/map/tiles/WorldCRS84Quad/3/3/5?collections=far,hidden,roof'));
      expect(tile.at(200, 30)).toEqual([90, 80, 70, 255]);
    } finally {
      await server.database.query('rollback');
    }
    expect((await mapOf(['roof', 'hidden'], 'bbox=-65,5,-15,35&width=50&height=30')).at(12, 13)).toEqual([1, 2, 3, 255]);
  });

  test('tell a fault of one that is not seen', async () => {
    for (const collections of ['far,haze', 'hidden,haze,mist', 'ground,haze']) {
      const answer = await get(`/map?f=png&collections=${collections}&bbox=-65,5,-15,35&width=50&bidx=4`);
      expect(answer.status, collections).toBe(400);
      expect(answer.body.toString()).toContain('Cannot read band 4');
    }
  });
});
