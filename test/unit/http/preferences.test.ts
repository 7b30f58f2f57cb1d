import { describe, expect, it } from 'vitest';
import { handlingOf } from '../../../src/http/preferences.ts';

describe('the handling that a Prefer header asks for (RFC 7240)', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['server-timing', undefined],
    ['handling=strict', 'strict'],
    ['handling=lenient', 'lenient'],
    ['Handling = "Strict"', 'strict'],
    ['respond-async, wait=100, handling=lenient', 'lenient'],
    ['handling=lenient; foo="some parameter"', 'lenient'],
    ['handling=strict, handling=lenient', 'strict'],
    ['handling=whatever', undefined],
    ['handling=whatever, handling=lenient', undefined],
    ['handling', undefined],
    ['mishandling=strict', undefined],
    ['handling=strictly', undefined],
  ] as const)('%s is %s', (prefer, handling) => {
    expect(handlingOf(prefer)).toBe(handling);
  });
});
