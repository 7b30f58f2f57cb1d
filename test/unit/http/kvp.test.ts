import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/error.ts';
import { createKvp } from '../../../src/http/kvp.ts';
import type { Parameter } from '../../../src/http/parameter.ts';

const number: Parameter<number | undefined> = {
  name: 'width',
  in: 'query',
  doc: '',
  schema: {},
  parse(raw) {
    if (raw === undefined) return undefined;
    if (!/^\d+$/.test(raw)) throw new AppError('INVALID_PARAMETER', { detail: `Cannot parse width "${raw}": expected digits` });
    return Number(raw);
  },
};
const list: Parameter<string | undefined> = { name: 'bidx', in: 'query', doc: '', schema: {}, repeatable: true, parse: (raw) => raw };

describe('createKvp', () => {
  it('finds names in any case', () => {
    const kvp = createKvp([['WiDtH', '40']]);
    expect([kvp.get('width'), kvp.get('WIDTH'), kvp.get('height')]).toEqual(['40', '40', undefined]);
  });

  it('refuses a name that is given twice, in whatever cases, once it is asked for', () => {
    const kvp = createKvp([
      ['layers', 'a'],
      ['LAYERS', 'b'],
      ['other', '1'],
    ]);
    expect(kvp.get('other')).toBe('1');
    expect(failureOf(() => kvp.get('Layers'))).toMatchObject({
      code: 'DUPLICATE_PARAMETER',
      exception: { code: 'InvalidParameterValue', locator: 'Layers' },
    });
  });

  it('refuses the character NUL', () => {
    expect(failureOf(() => createKvp([['layers', 'a\0b']]).get('layers')).message).toContain('NUL');
  });

  it('reads parameters of the framework, the faults under their names', () => {
    const kvp = createKvp([
      ['WIDTH', 'x'],
      ['BIDX', '3'],
      ['bidx', '1,2'],
    ]);
    expect(kvp.read(list)).toBe('3,1,2');
    expect(failureOf(() => kvp.read(number))).toMatchObject({
      message: 'Cannot parse width "x": expected digits',
      exception: { code: 'InvalidParameterValue', locator: 'width' },
    });
    expect(createKvp([['Width', '7']]).readAll({ width: number, bands: list })).toEqual({ width: 7, bands: undefined });
  });
});

function failureOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('Nothing was refused');
}
