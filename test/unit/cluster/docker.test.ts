import { describe, expect, test } from 'vitest';
import { createArguments, publishedPort } from '../../../src/cluster/docker.ts';

describe('the private cluster in Docker', () => {
  test('listens on loopback only, and wants a password on every way in', () => {
    const args = createArguments('graticule-abc', { owner: '0a', reader: '0b' });
    expect(args[args.indexOf('--publish') + 1]).toBe('127.0.0.1::5432');
    expect(args.join(' ')).toContain('--auth=scram-sha-256');
    expect(args.join(' ')).not.toContain('trust');
  });

  test('its port is read from what Docker prints', () => {
    expect(publishedPort('127.0.0.1:49153\n')).toBe(49153);
    expect(() => publishedPort('')).toThrow('Cannot find the port');
  });
});
