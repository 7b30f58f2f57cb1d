import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configFileSchema, describeSettings } from '../../../src/config/describe-settings.ts';
import { flagOptions, SETTINGS, settingKey } from '../../../src/config/setting.ts';

test('every setting stands in the documentation, in the flags and in the schema of the file', () => {
  const page = describeSettings();
  const flags = flagOptions();
  const { properties } = configFileSchema();
  for (const setting of Object.values(SETTINGS)) {
    const key = settingKey(setting);
    expect(page).toContain(`| \`${setting.env}\` | \`--${key}\` |`);
    expect(flags[key]).toBeDefined();
    expect(properties).toHaveProperty([key, 'description']);
  }
  expect(flags['config']).toEqual({ type: 'string' });
  expect(flags['non-spatial']).toEqual({ type: 'boolean' });
});

test('no two settings share a name', () => {
  const keys = Object.values(SETTINGS).map(settingKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the committed documentation and schema are those of the table', () => {
  expect(readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')).toBe(describeSettings());
  expect(JSON.parse(readFileSync(new URL('../../../docs/configuration.schema.json', import.meta.url), 'utf8'))).toEqual(configFileSchema());
});
