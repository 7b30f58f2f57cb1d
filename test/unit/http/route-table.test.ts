import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../src/http/route-table.ts';

const paths = ['/', '/health', '/a/{id}', '/a/{id}/tiles/{z}/{x}/{y}', '/a/{id}/tiles/{z}/fixed/{y}', '/a/special', '/{any}/b'];
const table = createRouteTable(paths.map((path) => ({ path })));

describe('a route table', () => {
  it.each([
    ['/', '/', {}],
    ['/?f=json', '/', {}],
    ['/health?x=/a/b', '/health', {}],
    ['/a/public.roads', '/a/{id}', { id: 'public.roads' }],
    ['/a/r:1,2@3-4~5/tiles/10/3/7', '/a/{id}/tiles/{z}/{x}/{y}', { id: 'r:1,2@3-4~5', z: '10', x: '3', y: '7' }],
    ['/c/b', '/{any}/b', { any: 'c' }],
  ])('finds %s', (target, path, variables) => {
    expect(table.find(target)).toEqual({ found: { path }, path: variables });
  });

  it('takes the first that matches, as Express does', () => {
    expect(table.find('/a/special')?.found.path).toBe('/a/{id}');
    expect(table.find('/a/b')?.path).toEqual({ id: 'b' });
    expect(table.find('/a/1/tiles/2/fixed/3')?.path).toEqual({ id: '1', z: '2', x: 'fixed', y: '3' });
  });

  it.each(['/a/', '//', '/a//b', '/health/', '/Health', '/a/x%2Fy', '/a/x y', '/a/ü', '/a/x+y', '*', '', 'a', '/a/b/c', '/a/{id}'])(
    'leaves %s to Express',
    (target) => expect(table.find(target)).toBeUndefined(),
  );

  it('refuses a path that it cannot tell apart', () => {
    expect(() => createRouteTable([{ path: '/a/{x}.png' }])).toThrow('"{x}.png" in /a/{x}.png is neither a text nor a variable');
  });
});
