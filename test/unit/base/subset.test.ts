import { describe, expect, it } from 'vitest';
import { parseSubset } from '../../../src/base/subset.ts';

describe('subset', () => {
  it('trims, slices and keeps the order of the axes', () => {
    expect(parseSubset('Lat(50:60),Lon(10.5:20),level(850)')).toEqual([
      { axis: 'Lat', low: '50', high: '60' },
      { axis: 'Lon', low: '10.5', high: '20' },
      { axis: 'level', low: '850' },
    ]);
  });

  it('takes quoted limits with colons, commas and parentheses in them', () => {
    expect(parseSubset('time("2024-01-01T00:00:00Z":"2024-02-01T00:00:00Z"),name("a,b)")')).toEqual([
      { axis: 'time', low: '2024-01-01T00:00:00Z', high: '2024-02-01T00:00:00Z' },
      { axis: 'name', low: 'a,b)' },
    ]);
  });

  it('knows the limits of the data', () => {
    expect(parseSubset('time(*)')).toEqual([{ axis: 'time', low: '*' }]);
    expect(parseSubset('Lat(*:10)')).toEqual([{ axis: 'Lat', low: '*', high: '10' }]);
  });

  it.each(['Lat(10', 'Lat', 'Lat()', 'Lat(1:2:3)', '(1)', 'Lat(1),', ',Lat(1)', 'Lat(1:)', 'Lat(1)Lon(2)', '', 'Lat(1);Lon(2)'])(
    'refuses %s',
    (text) => {
      expect(() => parseSubset(text)).toThrow(/Cannot parse subset/);
    },
  );

  it('refuses an axis that is given twice', () => {
    expect(() => parseSubset('Lat(1:2),Lat(3:4)')).toThrow('Cannot parse subset "Lat(1:2),Lat(3:4)": axis Lat is given twice');
  });

  it('is quick with hostile texts', () => {
    const started = performance.now();
    for (const text of ['('.repeat(8000), '"'.repeat(8000), 'a('.repeat(4000), 'Lat('.padEnd(8000, ' '), `${'a'.repeat(8000)}(`]) {
      expect(() => parseSubset(text)).toThrow(/Cannot parse subset/);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
