import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../../../src/http/parameter.ts';
import { bidxParameter, nodataParameter, rescaleParameter } from '../../../../src/http/params/raster/band-parameters.ts';
import { backgroundOf, backgroundParameters } from '../../../../src/http/params/raster/background-parameters.ts';
import { crsParameter } from '../../../../src/http/params/raster/crs-parameter.ts';
import { alphaParameter, layersParameter, scaleParameter } from '../../../../src/http/params/raster/django-parameters.ts';
import { lookOf, lookParameters } from '../../../../src/http/params/raster/look-parameters.ts';

const refuses = <T>(parameter: Parameter<T>, ...raws: readonly string[]): void => {
  for (const raw of raws) expect(() => parameter.parse(raw), raw).toThrow(new RegExp(`Cannot (parse|use|read|make) ?${parameter.name}`));
};

describe('bidx', () => {
  it('counts from one outside and from zero inside, in any order, repeated', () => {
    expect(bidxParameter.parse('3,2,2')).toEqual([2, 1, 1]);
  });

  it('refuses what is no band', () => {
    refuses(bidxParameter, '0', '-1', '1.5', '', '1,', 'b1', '01');
  });
});

describe('rescale', () => {
  it('takes numbers, extremes and percentiles, a pair for all or a pair a band', () => {
    expect(rescaleParameter.parse('0,1e3')).toEqual([{ kind: 'numbers', min: 0, max: 1000 }]);
    expect(rescaleParameter.parse('min,max')).toEqual([{ kind: 'extremes' }]);
    expect(rescaleParameter.parse('p2,p98,-5,5')).toEqual([
      { kind: 'percentiles', low: 2, high: 98 },
      { kind: 'numbers', min: -5, max: 5 },
    ]);
  });

  it('refuses halves, disorder and words', () => {
    refuses(rescaleParameter, '1', '1,2,3', '5,1', 'p98,p2', 'a,b', 'p1,2', 'min,5', 'p101,p102', 'nan,1');
  });
});

describe('nodata', () => {
  it('is a number or nan', () => {
    expect(nodataParameter.parse('-9999')).toBe(-9999);
    expect(nodataParameter.parse('nan')).toBeNaN();
    expect(nodataParameter.parse('inf')).toBe(Infinity);
    expect(nodataParameter.parse('-Inf')).toBe(-Infinity);
    refuses(nodataParameter, 'none', '', 'infinity');
  });
});

describe('crs', () => {
  it('comes as URI, safe CURIE and bare code', () => {
    const crs = crsParameter('crs', '');
    for (const raw of [
      'http://www.opengis.net/def/crs/EPSG/0/3857',
      'https://www.opengis.net/def/crs/EPSG/0/3857',
      '[EPSG:3857]',
      'EPSG:3857',
    ]) {
      expect(crs.parse(raw)?.srid).toBe(3857);
    }
    expect(crs.parse('[OGC:CRS84]')?.northingFirst).toBe(false);
    expect(crs.parse('EPSG:4326')?.northingFirst).toBe(true);
  });

  it('is refused as unsupported', () => {
    for (const raw of ['4326', 'urn:ogc:def:crs:EPSG::4326', 'EPSG:0', 'FOO:1', '']) {
      expect(() => crsParameter('crs', '').parse(raw)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_CRS' }));
    }
  });
});

describe('layers, scale and alpha of django-raster', () => {
  it('name bands of collections, red before green before blue', () => {
    expect(layersParameter.parse('a=elevation,b:3=landsat 7')).toEqual([
      { name: 'a', collectionId: 'elevation' },
      { name: 'b', band: 3, collectionId: 'landsat 7' },
    ]);
    expect(layersParameter.parse('b:0=x,r:2=x,g:1=x')?.map(({ name }) => name)).toEqual(['r', 'g', 'b']);
    refuses(layersParameter, 'a', 'a=', '=x', '1=x', 'a=x,a=y', 'a:-1=x', '');
  });

  it('stretch between two numbers or from zero', () => {
    expect(scaleParameter.parse('5,10000')).toEqual({ kind: 'numbers', min: 5, max: 10_000 });
    expect(scaleParameter.parse('255')).toEqual({ kind: 'numbers', min: 0, max: 255 });
    refuses(scaleParameter, 'a', '1,2,3', '9,1', '');
  });

  it('take alpha without a value', () => {
    expect([undefined, '', 'true', 'false'].map((raw) => alphaParameter.parse(raw))).toEqual([undefined, true, true, false]);
  });
});

describe('background', () => {
  const background = (given: Readonly<Record<string, string>>) =>
    backgroundOf({
      bgcolor: backgroundParameters.bgcolor.parse(given['bgcolor']),
      transparent: backgroundParameters.transparent.parse(given['transparent']),
      voidColor: backgroundParameters.voidColor.parse(given['void-color']),
      voidTransparent: backgroundParameters.voidTransparent.parse(given['void-transparent']),
    });
  const red = [255, 0, 0, 255];

  it('is transparent without a colour and opaque with one', () => {
    expect(background({})).toEqual({ data: undefined, outside: undefined });
    for (const bgcolor of ['0xFF0000', 'ff0000', '#FF0000', 'Red']) expect(background({ bgcolor })).toEqual({ data: red, outside: red });
    expect(background({ bgcolor: 'red', transparent: 'true' })).toEqual({ data: undefined, outside: undefined });
    expect(background({ transparent: 'false' }).data).toEqual([255, 255, 255, 255]);
    expect(background({ bgcolor: '0x80FF0000' }).data).toEqual([255, 0, 0, 128]);
  });

  it('follows for what lies outside unless that has its own', () => {
    expect(background({ 'void-color': 'red' })).toEqual({ data: undefined, outside: red });
    expect(background({ bgcolor: 'red', 'void-transparent': 'true' })).toEqual({ data: red, outside: undefined });
  });

  it('refuses other colours and spellings of true', () => {
    refuses(backgroundParameters.bgcolor, 'notacolor', '0xGGGGGG', '0xFFF', '', 'rgb(1,2,3)');
    refuses(backgroundParameters.transparent, 'TRUE', '1', '');
  });
});

describe('the look of a request', () => {
  it('says only what was said', () => {
    expect(lookOf({})).toEqual({});
    expect(lookOf({ bidx: [2], alpha: true, scale: { kind: 'numbers', min: 0, max: 9 } })).toEqual({
      bands: [2],
      transparentZero: true,
      rescale: [{ kind: 'numbers', min: 0, max: 9 }],
    });
  });

  it('refuses two ways of saying the same', () => {
    const expression = lookParameters.expression.parse('b1*2');
    const formula = lookParameters.formula.parse('a*2');
    expect(() => lookOf({ expression, formula })).toThrow('Cannot combine expression with formula');
    expect(() => lookOf({ expression, bidx: [0] })).toThrow('Cannot combine expression with bidx');
  });
});
