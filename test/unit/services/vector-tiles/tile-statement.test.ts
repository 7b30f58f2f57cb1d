import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/base/sql.ts';
import { largestLayerStatement, layerStatement } from '../../../../src/services/vector-tiles/tile-statement.ts';
import type { LayerPlan } from '../../../../src/services/vector-tiles/tile-statement.ts';
import { property, vectorCollection } from '../features/fixtures.ts';

const collection = vectorCollection();
const { geometry } = collection;
if (geometry === undefined) throw new Error('the fixture has a geometry');
const PLAN: LayerPlan = {
  collection,
  geometry,
  srid: 3857,
  bounds: [0, 0, 10, 10],
  boxes: [[1, 2, 3, 4]],
  clip: undefined,
  tolerance: undefined,
  limit: 100,
  most: 50,
};

describe('layerStatement', () => {
  test("asks the index with the box in the column's CRS and draws every row once", () => {
    const { text, values } = compile(layerStatement(PLAN));
    expect(text).toBe(
      `select ST_AsMVT(f.*, 'towns', 4096, 'geometry', 'id_'), count(*) from (select * from (` +
        `select ST_AsMVTGeom(ST_Transform("geometry", 3857), $1::box2d, 4096, 64) as "geometry", "id_", "id", "name" from (` +
        `select "geom" as "geometry", case when "id" between 0 and 9007199254740991 then "id"::int8 else hashtextextended("id"::text, 0) & 9007199254740991 end as "id_", "id" as "id", "name" as "name" ` +
        `from "public"."towns" where (("geom" && ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, $6::int))) limit $7) as s) as r order by "id_") as f`,
    );
    expect(values).toEqual(['BOX(0 0,10 10)', 1, 2, 3, 4, 4326, 101]);
  });

  test('cuts before it transforms and simplifies only what has many vertices', () => {
    const polygons: LayerPlan = { ...PLAN, geometry: { ...geometry, geometryType: 'MULTIPOLYGON' }, clip: [1, 2, 3, 4], tolerance: 0.5 };
    const { text } = compile(layerStatement(polygons));
    expect(text).toMatch(/coalesce\(ST_ClipByBox2D\("geom", \$\d+::box2d\), "geom"\)/);
    expect(text).toMatch(
      /ST_Transform\(case when ST_NPoints\("geometry"\) > 1000 then ST_Simplify\("geometry", \$\d+::float8, true\) else "geometry" end/,
    );
  });

  test("without boxes looks at every row, in the table's own CRS transforms nothing", () => {
    const { text } = compile(layerStatement({ ...PLAN, boxes: undefined, srid: 4326 }));
    expect(text).toContain('from "public"."towns" where true limit');
    expect(text).not.toContain('ST_Transform');
  });

  test('without a key has no ids and is in the order of its geometries', () => {
    const { text } = compile(
      layerStatement({ ...PLAN, collection: vectorCollection({ key: [], properties: [property('name', 'text')] }) }),
    );
    expect(text).toMatch(/'geometry', null\).*order by "geometry"\) as f$/);
  });
});

describe('largestLayerStatement', () => {
  test('orders by size and then by the hash of the key, points by the hash alone', () => {
    const size = /order by ST_Length\(ST_BoundingDiagonal\("geom", false\)\) desc, hashtextextended\(concat_ws\(',', "id"\), 0\) limit/;
    expect(compile(largestLayerStatement(PLAN)).text).toMatch(/order by hashtextextended\(concat_ws\(',', "id"\), 0\) limit/);
    expect(compile(largestLayerStatement({ ...PLAN, geometry: { ...geometry, geometryType: 'POLYGON' } })).text).toMatch(size);
  });
});
