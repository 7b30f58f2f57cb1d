import { describe, expect, test } from 'vitest';
import { installHint, newestPackagedMajor } from '../../../src/cluster/install-postgres.ts';

describe('newestPackagedMajor', () => {
  test('takes the highest version among the PostGIS packages', () => {
    const names =
      'postgresql-9.6-postgis-3\npostgresql-15-postgis-3\npostgresql-17-postgis-3\npostgresql-17-postgis-3-scripts\npostgresql-18\n';
    expect(newestPackagedMajor(names)).toBe(17);
  });

  test('is undefined where there are none', () => {
    expect(newestPackagedMajor('')).toBeUndefined();
  });
});

describe('installHint', () => {
  test('names the command of the system and the way without it', () => {
    expect(installHint('linux', 15)).toContain('sudo apt-get install --no-install-recommends postgresql-15-postgis-3');
    expect(installHint('darwin', undefined)).toContain('brew install');
    expect(installHint('linux', undefined)).toContain('dnf install');
    expect(installHint('linux', 15)).toContain('DATABASE_URL=');
  });
});
